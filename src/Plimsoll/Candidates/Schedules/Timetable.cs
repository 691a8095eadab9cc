using Plimsoll.Plumbing.Time;

namespace Plimsoll.Candidates.Schedules;

/// <summary>When a job is due next. Pure. What was missed, once or a hundred times, is made up for by one run.</summary>
internal static class Timetable
{
    /// <summary>A time that was missed by more, because Plimsoll did not run, is let go: nobody wants the updates of the night at noon.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <param name="last">When the newest run began; null: there was none.</param>
    /// <param name="isFirstLook">Whether Plimsoll has just started.</param>
    /// <param name="pollingSeconds">What the settings say, for a job without a time of its own; 0: never.</param>
    /// <param name="jitter">A part of the interval by which this run comes earlier or later.</param>
    /// <returns>An instant that may be over already; null: never.</returns>
    public static DateTimeOffset? Next(Schedule schedule, DateTimeOffset? last, bool isFirstLook, int pollingSeconds, double jitter, DateTimeOffset now)
    {
        if (!schedule.Enabled || (schedule.Cron is null && schedule.EverySeconds is null && pollingSeconds <= 0))
        {
            return null;
        }

        if (isFirstLook && schedule.AtStart)
        {
            return now;
        }

        return schedule.Cron is null
            ? (last ?? schedule.ChangedAt) + (TimeSpan.FromSeconds(schedule.EverySeconds ?? pollingSeconds) * (1 + jitter))
            : NextByCron(schedule, last, now);
    }

    private static DateTimeOffset? NextByCron(Schedule schedule, DateTimeOffset? last, DateTimeOffset now)
    {
        // A zone that the system no longer knows: the hour of another zone would be a guess.
        if (TimeZones.Find(schedule.TimeZone) is not { } zone || !ZonedCron.TryParse(schedule.Cron, zone, out var cron, out _))
        {
            return null;
        }

        var settled = last is { } begun && begun > schedule.ChangedAt ? begun : schedule.ChangedAt;
        return cron!.Previous(now) is { } missed && missed > settled && now - missed <= Grace ? missed : cron.Next(now);
    }
}
