using System.Globalization;

namespace Plimsoll.Registry.Transport;

/// <summary>Reads the Retry-After header in both of its forms.</summary>
internal static class RetryAfter
{
    private static readonly TimeSpan longest = TimeSpan.FromDays(1);

    public static TimeSpan? Parse(string? header, DateTimeOffset now)
    {
        if (long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, (long)longest.TotalSeconds));
        }

        if (!DateTimeOffset.TryParseExact(header?.Trim(), "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return null;
        }

        var left = at - now;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left > longest ? longest : left;
    }
}
