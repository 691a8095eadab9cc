using System.Globalization;
using System.Text.RegularExpressions;

namespace Plimsoll.Apps.Seed;

/// <summary>A span of time in seconds (<c>300</c>) or as people write it (<c>90s</c>, <c>5m</c>, <c>1h30m</c>).</summary>
internal static partial class SeedDuration
{
    public static bool TryParse(string text, out int seconds)
    {
        seconds = 0;
        if (!Form().IsMatch(text))
        {
            return false;
        }

        long total = 0;
        foreach (Match part in Part().Matches(text))
        {
            total += long.Parse(part.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * part.Groups[2].Value switch
            {
                "h" => 3600,
                "m" => 60,
                _ => 1,
            };
        }

        seconds = (int)Math.Min(total, int.MaxValue);
        return true;
    }

    [GeneratedRegex(@"^([0-9]{1,9}|(?=[0-9])([0-9]{1,9}h)?([0-9]{1,9}m)?([0-9]{1,9}s)?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex("([0-9]+)([hms]?)", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
