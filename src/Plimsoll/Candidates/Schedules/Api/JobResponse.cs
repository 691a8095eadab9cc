using Plimsoll.Plumbing.Time;

namespace Plimsoll.Candidates.Schedules.Api;

/// <summary>A job with its last run and its next.</summary>
/// <param name="Every">A duration; null: the job goes by <paramref name="Cron"/>, or the settings' pollingSeconds hold.</param>
/// <param name="NextRunAt">UTC; null: not by itself.</param>
/// <param name="NextRunLocal">The same by the clocks of <paramref name="TimeZone"/>.</param>
public sealed record JobResponse(
    long Id,
    string Name,
    string Kind,
    string? Every,
    string? Cron,
    string TimeZone,
    bool AtStart,
    bool Enabled,
    bool BuiltIn,
    bool Running,
    JobRunResponse? LastRun,
    DateTimeOffset? NextRunAt,
    string? NextRunLocal,
    IReadOnlyList<string> Actions)
{
    internal static JobResponse From(Schedule schedule, JobRun? newest, DateTimeOffset? next, bool showsText, IReadOnlyList<string> actions) => new(
        schedule.Id,
        schedule.Name,
        schedule.Kind.ToString().ToLowerInvariant(),
        schedule.EverySeconds is { } seconds ? Duration.Write(TimeSpan.FromSeconds(seconds)) : null,
        schedule.Cron,
        schedule.TimeZone,
        schedule.AtStart,
        schedule.Enabled,
        schedule.Id == Schedule.Scan,
        newest is { FinishedAt: null },
        newest is null ? null : JobRunResponse.From(newest, showsText),
        next,
        next is { } at && TimeZones.Find(schedule.TimeZone) is { } zone ? TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture) : null,
        actions);
}

/// <summary>One run of a job.</summary>
/// <param name="Result"><c>ok</c>, <c>problems</c> (some of it could not be looked at), <c>failed</c> or <c>cut-off</c>; null while it is under way.</param>
public sealed record JobRunResponse(long Id, string AskedBy, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, long? DurationMs, string? Result, string? Text)
{
    /// <param name="showsText">It names images, of which not everybody may see all.</param>
    internal static JobRunResponse From(JobRun run, bool showsText) => new(
        run.Id, run.AskedBy, run.StartedAt, run.FinishedAt, run.FinishedAt is { } end ? (long)(end - run.StartedAt).TotalMilliseconds : null, run.Result, showsText ? run.Text : null);
}
