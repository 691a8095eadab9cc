using System.Globalization;

namespace Plimsoll.Apps.Policies;

/// <summary>
/// The version that a tag names: <c>v1.4.2</c>, <c>1.4</c>, <c>2026.01.15</c>, <c>2.0.0-rc.1</c>. Parts that are left out count as 0.
/// Compared as semver.org says (clause 11): a pre-release comes before its release. Pure.
/// </summary>
internal sealed record TagVersion : IComparable<TagVersion>
{
    private const int MostDigits = 18;
    private const int LongestText = 128;

    private TagVersion(long major, long minor, long patch, int parts, string prerelease) =>
        (Major, Minor, Patch, Parts, Prerelease) = (major, minor, patch, parts, prerelease);

    public long Major { get; }

    public long Minor { get; }

    public long Patch { get; }

    /// <summary>How many numbers were written, 1 to 3.</summary>
    public int Parts { get; }

    /// <summary>What stands behind the dash, such as <c>rc.1</c>; empty: a release.</summary>
    public string Prerelease { get; }

    public bool IsPrerelease => Prerelease.Length > 0;

    /// <summary>One of these three numbers with nothing behind them; for the borders of ranges.</summary>
    public static TagVersion Release(long major, long minor, long patch) => new(major, minor, patch, 3, "");

    /// <summary>The lowest of all with these numbers.</summary>
    public static TagVersion Lowest(long major, long minor, long patch) => new(major, minor, patch, 3, "0");

    /// <summary>Takes a <c>v</c> in front, one to three numbers, and what stands behind a dash. What is behind a plus sign is not looked at.</summary>
    public static bool TryParse(string? text, out TagVersion? version)
    {
        version = null;
        if (text is null || text.Length is 0 or > LongestText)
        {
            return false;
        }

        var rest = text.AsSpan();
        if (rest[0] is 'v' or 'V')
        {
            rest = rest[1..];
        }

        if (rest.IndexOf('+') is >= 0 and var build)
        {
            rest = rest[..build];
        }

        var prerelease = "";
        if (rest.IndexOf('-') is >= 0 and var dash)
        {
            prerelease = rest[(dash + 1)..].ToString();
            rest = rest[..dash];
            if (!IsPrereleaseText(prerelease))
            {
                return false;
            }
        }

        Span<long> numbers = [0, 0, 0];
        var parts = 0;
        foreach (var range in rest.Split('.'))
        {
            var part = rest[range];
            if (parts == 3 || part.Length is 0 or > MostDigits || part.ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }

            numbers[parts++] = long.Parse(part, CultureInfo.InvariantCulture);
        }

        version = new TagVersion(numbers[0], numbers[1], numbers[2], parts, prerelease);
        return true;
    }

    /// <summary>Whether a text is a version exactly as semver.org wants it, with a <c>v</c> in front or without: three numbers without zeros in front.</summary>
    public static bool IsStrict(string text) =>
        TryParse(text, out var version) && version!.Parts == 3 && !text.Contains('+', StringComparison.Ordinal)
        && string.Equals(text.TrimStart('v'), version.ToString(), StringComparison.Ordinal) && !text.StartsWith("vv", StringComparison.Ordinal)
        && version.Prerelease.Split('.').All(part => part.Length < 2 || part[0] != '0' || !part.All(char.IsAsciiDigit));

    public int CompareTo(TagVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return order != 0 ? order : (IsPrerelease, other.IsPrerelease) switch
        {
            (false, false) => 0,
            (false, true) => 1,
            (true, false) => -1,
            _ => ComparePrereleases(Prerelease, other.Prerelease),
        };
    }

    public override string ToString() => $"{Major}.{Minor}.{Patch}{(IsPrerelease ? $"-{Prerelease}" : "")}";

    private static bool IsPrereleaseText(string text) =>
        text.Split('.').All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));

    private static int ComparePrereleases(string left, string right)
    {
        var (lefts, rights) = (left.Split('.'), right.Split('.'));
        for (var index = 0; index < Math.Min(lefts.Length, rights.Length); index++)
        {
            var (a, b) = (lefts[index], rights[index]);
            var order = (a.All(char.IsAsciiDigit), b.All(char.IsAsciiDigit)) switch
            {
                (true, true) => CompareNumbers(a.TrimStart('0'), b.TrimStart('0')),
                (true, false) => -1,
                (false, true) => 1,
                _ => Math.Sign(string.CompareOrdinal(a, b)),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return lefts.Length.CompareTo(rights.Length);
    }

    private static int CompareNumbers(string a, string b) => a.Length != b.Length ? a.Length.CompareTo(b.Length) : Math.Sign(string.CompareOrdinal(a, b));
}
