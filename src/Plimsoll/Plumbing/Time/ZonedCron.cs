using NCrontab;

namespace Plimsoll.Plumbing.Time;

/// <summary>
/// A cron expression of five fields, or of six with seconds in front, in a time zone. When clocks are put forward, what falls
/// into the hour that is not there happens once, at the first instant after it; when they are put back, what falls into the hour
/// that is there twice happens in the first of the two. Expressions for every hour (<c>*</c> in the field of hours) count real
/// time instead: they neither pause nor catch up. Pure.
/// </summary>
internal sealed class ZonedCron
{
    public const int LongestText = 200;

    /// <summary>29 February may be eight years away; what does not happen in this time never does.</summary>
    private const int FarthestYears = 9;

    // Only for the question whether an expression ever happens.
    private static readonly DateTime SomeDay = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
    private static readonly DateTimeOffset First = new(1970, 1, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Last = new(9980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly CrontabSchedule _schedule;
    private readonly bool _countsRealTime;

    private ZonedCron(string text, CrontabSchedule schedule, bool countsRealTime, TimeZoneInfo zone) =>
        (Text, _schedule, _countsRealTime, Zone) = (text, schedule, countsRealTime, zone);

    public string Text { get; }

    public TimeZoneInfo Zone { get; }

    /// <param name="problem">A sentence; null exactly when there is an expression.</param>
    public static bool TryParse(string? text, TimeZoneInfo zone, out ZonedCron? cron, out string? problem)
    {
        (cron, problem) = (null, null);
        var fields = text is { Length: <= LongestText } ? text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) : [];
        var schedule = fields.Length is 5 or 6
            ? CrontabSchedule.TryParse(string.Join(' ', fields), new CrontabSchedule.ParseOptions { IncludingSeconds = fields.Length == 6 })
            : null;
        if (schedule is null)
        {
            problem = "This is not a cron expression: write five fields (minute, hour, day, month, day of the week from 0 for Sunday to 6), such as \"0 2 * * 1-5\", or six with seconds in front.";
        }
        else if (Following(schedule, SomeDay) is null)
        {
            problem = "There is no day on which this cron expression happens.";
        }
        else
        {
            cron = new ZonedCron(string.Join(' ', fields), schedule, fields[^4] == "*", zone);
        }

        return cron is not null;
    }

    /// <summary>The first time after an instant; null: not within nine years.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var from = after < First ? First : after;
        if (from >= Last)
        {
            return null;
        }

        var local = Zone.GetUtcOffset(from) is var offset ? Local(from, offset) : default;
        if (!_countsRealTime && RepeatedUntil(from) is { } repeated && repeated > local)
        {
            local = repeated.AddTicks(-1);
        }

        while (true)
        {
            var found = Following(_schedule, local);
            var instant = found is { } time ? Instant(time, offset) : (DateTimeOffset?)null;
            if (ZoneOffsets.FirstChange(Zone, from, instant ?? from.AddYears(FarthestYears)) is not { } change)
            {
                return instant;
            }

            var newOffset = Zone.GetUtcOffset(change);
            var (before, after2) = (Local(change, offset), Local(change, newOffset));
            if (!_countsRealTime && after2 > before && Following(_schedule, before.AddTicks(-1)) < after2)
            {
                return change;
            }

            local = (_countsRealTime || after2 > before ? after2 : before).AddTicks(-1);
            (from, offset) = (change, newOffset);
        }
    }

    /// <summary>The last time at or before an instant; null: not within nine years.</summary>
    public DateTimeOffset? Previous(DateTimeOffset at)
    {
        var span = TimeSpan.FromMinutes(1);
        while (at - First > span && !(Next(at - span) <= at))
        {
            span *= 2;
            if (span > TimeSpan.FromDays(366 * FarthestYears))
            {
                return null;
            }
        }

        if (at - First <= span || Next(at - span) is not { } found || found > at)
        {
            return null;
        }

        // Halves what is left to look at, as there may be one each second.
        var high = at;
        while (Next(found) is { } following && following <= at)
        {
            var middle = found + ((high - found) / 2);
            if (middle > following && Next(middle) is { } later && later <= at)
            {
                found = later;
            }
            else if (middle > following)
            {
                (high, found) = (middle, following);
            }
            else
            {
                found = following;
            }
        }

        return found;
    }

    /// <summary>In the second of two equal hours: the end of them by the clock. What happens there has happened in the first.</summary>
    private DateTime? RepeatedUntil(DateTimeOffset instant)
    {
        var earlier = instant.AddHours(-6);
        return ZoneOffsets.FirstChange(Zone, earlier, instant) is { } change && Zone.GetUtcOffset(change) < Zone.GetUtcOffset(earlier)
            ? Local(change, Zone.GetUtcOffset(earlier))
            : null;
    }

    private static DateTime? Following(CrontabSchedule schedule, DateTime local)
    {
        var end = local.AddYears(FarthestYears);
        var found = schedule.GetNextOccurrence(local, end);
        return found < end ? found : null;
    }

    private static DateTime Local(DateTimeOffset instant, TimeSpan offset) => DateTime.SpecifyKind(instant.UtcDateTime + offset, DateTimeKind.Unspecified);

    private static DateTimeOffset Instant(DateTime local, TimeSpan offset) => new DateTimeOffset(local, offset).ToUniversalTime();
}
