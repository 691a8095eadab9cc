using System.Globalization;

namespace Plimsoll.Apps;

/// <summary>HTTP statuses as people write them: <c>200-399</c>, or <c>200-299,401</c>.</summary>
internal sealed class StatusRanges
{
    private const int Least = 200;
    private const int Most = 599;
    private const int MostRanges = 10;
    private const int Longest = 100;

    private readonly IReadOnlyList<(int From, int To)> _ranges;

    private StatusRanges(IReadOnlyList<(int From, int To)> ranges) => _ranges = ranges;

    /// <param name="text">Has been validated.</param>
    public static StatusRanges Parse(string text) =>
        TryParse(text) ?? throw new FormatException($"'{text}' is no range of HTTP statuses.");

    /// <summary>The sentence that says why a text cannot be used, or null.</summary>
    public static string? Problem(string text) => TryParse(text) is null
        ? $"'{text[..Math.Min(text.Length, Longest)]}' is not a range of statuses: write 200-299, 204 or 200-299,401, with statuses from {Least} to {Most}."
        : null;

    public bool Contains(int status) => _ranges.Any(range => range.From <= status && status <= range.To);

    private static StatusRanges? TryParse(string text)
    {
        if (text.Length > Longest)
        {
            return null;
        }

        var ranges = text.Split(',', StringSplitOptions.TrimEntries).Select(Range).ToList();
        return ranges.Count > MostRanges || ranges.Contains(null) ? null : new StatusRanges([.. ranges.Select(range => range!.Value)]);
    }

    private static (int From, int To)? Range(string text)
    {
        var ends = text.Split('-', 2, StringSplitOptions.TrimEntries);
        return Status(ends[0]) is { } from && Status(ends[^1]) is { } to && from <= to ? (from, to) : null;
    }

    private static int? Status(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= Least and <= Most ? status : null;
}
