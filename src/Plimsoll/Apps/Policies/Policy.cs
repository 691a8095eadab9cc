using System.Text.Json.Serialization;

namespace Plimsoll.Apps.Policies;

/// <summary>
/// What has to hold before a new image is deployed by itself, as a person wrote it, mistakes included (<see cref="PolicyRules"/> reads it).
/// The defaults hold nothing back.
/// </summary>
internal sealed record Policy
{
    public const string FollowTag = "tag";
    public const string FollowSemver = "semver";

    public const string StartAtOnce = "at-once";
    public const string StartByJob = "update-job";

    public static readonly Policy Default = new();

    /// <summary><c>tag</c>, or <c>semver</c> with a range behind it: <c>semver 1.x</c>.</summary>
    public string Follow { get; init; } = FollowTag;

    /// <summary>Whether <c>semver</c> also takes versions such as 2.0.0-rc.1.</summary>
    public bool Prereleases { get; init; }

    /// <summary>Tags must be known by one of these (<see cref="TagExpression"/>); none: all are.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Tags must be known by none of these.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>How old an image must be, such as <c>2h</c>; null: as young as it likes.</summary>
    public string? MinimumAge { get; init; }

    /// <summary>The largest step: <c>major</c>, <c>minor</c>, <c>patch</c> or <c>digest</c>.</summary>
    public string UpdateKind { get; init; } = "major";

    /// <summary>When deployments may begin; none: always.</summary>
    public IReadOnlyList<TimeFrame> Windows { get; init; } = [];

    /// <summary>When no deployment may begin.</summary>
    public IReadOnlyList<TimeFrame> Freezes { get; init; } = [];

    /// <summary><c>at-once</c>, or <c>update-job</c>: what is found waits for the next update job.</summary>
    public string Start { get; init; } = StartAtOnce;

    [JsonIgnore]
    public bool IsDefault => Equals(Default);

    public bool Equals(Policy? other) =>
        other is not null && Follow == other.Follow && Prereleases == other.Prereleases && MinimumAge == other.MinimumAge && UpdateKind == other.UpdateKind && Start == other.Start
        && Include.SequenceEqual(other.Include) && Exclude.SequenceEqual(other.Exclude) && Windows.SequenceEqual(other.Windows) && Freezes.SequenceEqual(other.Freezes);

    public override int GetHashCode() => HashCode.Combine(Follow, Prereleases, MinimumAge, UpdateKind, Include.Count, Exclude.Count, Windows.Count, Freezes.Count);
}
