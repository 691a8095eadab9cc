namespace Plimsoll.Plumbing.Time;

/// <summary>Finds the instants at which a zone's clocks are put forward or back. Pure.</summary>
internal static class ZoneOffsets
{
    // Shorter than any time between two changes that a zone has ever had.
    private static readonly TimeSpan Step = TimeSpan.FromHours(6);

    /// <returns>The first instant after <paramref name="from"/>, and not after <paramref name="to"/>, at which the offset is another one; null: there is none.</returns>
    public static DateTimeOffset? FirstChange(TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        if (zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime)
        {
            return null;
        }

        var offset = zone.GetUtcOffset(from);
        for (var low = from; low < to; low += Step)
        {
            var high = to - low > Step ? low + Step : to;
            if (zone.GetUtcOffset(high) != offset)
            {
                return Between(zone, offset, low, high);
            }
        }

        return null;
    }

    private static DateTimeOffset Between(TimeZoneInfo zone, TimeSpan offset, DateTimeOffset low, DateTimeOffset high)
    {
        // Changes happen at whole seconds.
        var (before, after) = (low.ToUnixTimeSeconds(), high.ToUnixTimeSeconds() + 1);
        while (after - before > 1)
        {
            var middle = before + ((after - before) / 2);
            if (zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(middle)) == offset)
            {
                before = middle;
            }
            else
            {
                after = middle;
            }
        }

        return DateTimeOffset.FromUnixTimeSeconds(after);
    }
}
