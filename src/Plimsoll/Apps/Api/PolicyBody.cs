using Plimsoll.Apps.Policies;

namespace Plimsoll.Apps.Api;

/// <summary>What has to hold before a stage deploys a new image by itself. What is absent in a request has its default.</summary>
public sealed record PolicyBody
{
    /// <summary><c>tag</c>, or <c>semver</c> with a range: <c>semver 1.x</c>.</summary>
    public string? Follow { get; init; }

    /// <summary>Whether <c>semver</c> also takes versions such as 2.0.0-rc.1.</summary>
    public bool? Prereleases { get; init; }

    /// <summary>Globs, or regular expressions between two slashes: one of them must know the tag. None: every tag is known.</summary>
    public IReadOnlyList<string>? Include { get; init; }

    /// <summary>None of these may know the tag.</summary>
    public IReadOnlyList<string>? Exclude { get; init; }

    /// <summary>How old an image must be, such as <c>2h</c>; null: as young as it likes.</summary>
    public string? MinimumAge { get; init; }

    /// <summary>The largest step that is made without a person: <c>major</c>, <c>minor</c>, <c>patch</c> or <c>digest</c>.</summary>
    public string? UpdateKind { get; init; }

    /// <summary><c>at-once</c>, or <c>update-job</c>: what is found waits for the next update job.</summary>
    public string? Start { get; init; }

    /// <summary>When deployments may begin; none: always.</summary>
    public IReadOnlyList<TimeFrameBody>? Windows { get; init; }

    /// <summary>When no deployment may begin.</summary>
    public IReadOnlyList<TimeFrameBody>? Freezes { get; init; }

    internal static PolicyBody From(Policy policy) => new()
    {
        Follow = policy.Follow,
        Prereleases = policy.Prereleases,
        Include = policy.Include,
        Exclude = policy.Exclude,
        MinimumAge = policy.MinimumAge,
        UpdateKind = policy.UpdateKind,
        Start = policy.Start,
        Windows = [.. policy.Windows.Select(TimeFrameBody.From)],
        Freezes = [.. policy.Freezes.Select(TimeFrameBody.From)],
    };

    internal Policy ToPolicy() => new()
    {
        Follow = Follow ?? Policy.Default.Follow,
        Prereleases = Prereleases ?? false,
        Include = Include ?? [],
        Exclude = Exclude ?? [],
        MinimumAge = string.IsNullOrEmpty(MinimumAge) ? null : MinimumAge,
        UpdateKind = UpdateKind ?? Policy.Default.UpdateKind,
        Start = Start ?? Policy.Default.Start,
        Windows = [.. (Windows ?? []).Select(TimeFrameBody.ToFrame)],
        Freezes = [.. (Freezes ?? []).Select(TimeFrameBody.ToFrame)],
    };
}

/// <summary>A stretch of time that comes again and again.</summary>
public sealed record TimeFrameBody
{
    /// <summary>When it begins: a cron expression of five fields, or six with seconds in front.</summary>
    public string? Cron { get; init; }

    /// <summary>How long it lasts, such as <c>2h</c>.</summary>
    public string? Duration { get; init; }

    /// <summary>An IANA name, such as <c>Europe/Berlin</c>; absent: UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>For people.</summary>
    public string? Reason { get; init; }

    internal static TimeFrameBody From(TimeFrame frame) => new() { Cron = frame.Cron, Duration = frame.Duration, TimeZone = frame.TimeZone, Reason = frame.Reason };

    /// <summary>JSON brings null in where the type says there is none; the check of the policy then names the place.</summary>
    internal static TimeFrame ToFrame(TimeFrameBody? body) =>
        new(body?.Cron ?? "", body?.Duration ?? "", FieldValue.Over(body?.TimeZone, null), FieldValue.Over(body?.Reason, null));
}
