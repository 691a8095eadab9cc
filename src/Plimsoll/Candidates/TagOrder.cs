namespace Plimsoll.Candidates;

/// <summary>
/// The order in which people count versions: runs of digits compare as numbers, so <c>v1.10</c> comes after <c>v1.9</c>.
/// Used only to judge several new tags of one scan in a sensible order, so that the highest is the one that stays.
/// </summary>
internal sealed class TagOrder : IComparer<string>
{
    public static readonly TagOrder OldestFirst = new();

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> left = x, right = y;
        while (left.Length > 0 && right.Length > 0)
        {
            var order = char.IsAsciiDigit(left[0]) && char.IsAsciiDigit(right[0])
                ? CompareNumbers(ref left, ref right)
                : CompareCharacters(ref left, ref right);
            if (order != 0)
            {
                return order;
            }
        }

        // A suffix after a version marks what comes before it: 1.0-rc is older than 1.0.
        return (left.Length, right.Length) switch
        {
            ( > 0, _) => left[0] == '-' ? -1 : 1,
            (_, > 0) => right[0] == '-' ? 1 : -1,
            _ => string.CompareOrdinal(x, y),
        };
    }

    private static int CompareCharacters(ref ReadOnlySpan<char> left, ref ReadOnlySpan<char> right)
    {
        var order = left[0].CompareTo(right[0]);
        left = left[1..];
        right = right[1..];
        return order;
    }

    private static int CompareNumbers(ref ReadOnlySpan<char> left, ref ReadOnlySpan<char> right)
    {
        var leftDigits = TakeDigits(ref left);
        var rightDigits = TakeDigits(ref right);
        var order = leftDigits.Length.CompareTo(rightDigits.Length);
        return order != 0 ? order : leftDigits.SequenceCompareTo(rightDigits);
    }

    private static ReadOnlySpan<char> TakeDigits(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        end = end < 0 ? text.Length : end;
        var digits = text[..end].TrimStart('0');
        text = text[end..];
        return digits;
    }
}
