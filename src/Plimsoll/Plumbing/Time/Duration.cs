using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Plimsoll.Plumbing.Time;

/// <summary>A span of time as people write it: <c>90s</c>, <c>5m</c>, <c>2h</c>, <c>1d12h</c>, or a number of seconds. Pure.</summary>
internal static partial class Duration
{
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text is null || text.Length > 40 || Form().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var seconds = Number(match, "n") + Number(match, "s") + (60 * Number(match, "m")) + (3_600 * Number(match, "h")) + (86_400 * Number(match, "d"));
        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>The shortest way to write it; what <see cref="TryParse"/> reads back. Parts of a second are left out.</summary>
    public static string Write(TimeSpan duration)
    {
        var text = new StringBuilder();
        foreach (var (number, unit) in new[] { (duration.Days, "d"), (duration.Hours, "h"), (duration.Minutes, "m"), (duration.Seconds, "s") })
        {
            if (number > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{number}{unit}");
            }
        }

        return text.Length == 0 ? "0s" : text.ToString();
    }

    /// <summary>For sentences: "2 hours", "1 day and 12 hours".</summary>
    public static string Words(TimeSpan duration)
    {
        string[] parts = [.. new[] { (duration.Days, "day"), (duration.Hours, "hour"), (duration.Minutes, "minute"), (duration.Seconds, "second") }
            .Where(part => part.Item1 > 0)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Item1} {part.Item2}{(part.Item1 == 1 ? "" : "s")}"))];
        return parts switch
        {
            [] => "no time",
            [.. var first, var last] when first.Length > 0 => $"{string.Join(", ", first)} and {last}",
            _ => parts[0],
        };
    }

    private static long Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? long.Parse(found.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?:(?<n>[0-9]{1,9})|(?=[0-9])(?:(?<d>[0-9]{1,5})d)?(?:(?<h>[0-9]{1,6})h)?(?:(?<m>[0-9]{1,8})m)?(?:(?<s>[0-9]{1,9})s)?)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
