using System.Globalization;
using System.Text.RegularExpressions;

namespace Plimsoll.Apps.Policies;

/// <summary>
/// Which versions are wanted: <c>1.x</c>, <c>^1.4</c>, <c>~2.3</c>, <c>&gt;=1.2 &lt;3</c>, <c>1.2 - 1.8</c>, several with <c>||</c> in between;
/// <c>*</c> or nothing is every version. Pre-releases count by their order, but those of the border that is left out are out: <c>&lt;3</c>
/// does not hold 3.0.0-rc.1. Pure.
/// </summary>
internal sealed partial class VersionRange
{
    public const int LongestText = 200;
    private const int MostParts = 20;

    // Alternatives, each a list of what must hold together: from (inclusive) and to (exclusive).
    private readonly IReadOnlyList<(TagVersion? From, TagVersion? To)[]> _alternatives;

    private VersionRange(string text, IReadOnlyList<(TagVersion? From, TagVersion? To)[]> alternatives) => (Text, _alternatives) = (text, alternatives);

    public string Text { get; }

    public static bool TryParse(string? text, out VersionRange? range)
    {
        range = null;
        if (text is null || text.Length > LongestText)
        {
            return false;
        }

        var alternatives = new List<(TagVersion?, TagVersion?)[]>();
        foreach (var alternative in text.Split("||"))
        {
            // "1.2 - 1.8" and ">= 1.2": taken together before the text is cut at its blanks.
            var tidy = AfterSign().Replace(Hyphen().Replace(alternative.Trim(), ">=$1 <=$2"), "$1");
            var parts = new List<(TagVersion?, TagVersion?)>();
            foreach (var part in tidy.Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries))
            {
                if (Comparator(part) is not { } bounds || parts.Count == MostParts)
                {
                    return false;
                }

                parts.Add(bounds);
            }

            alternatives.Add([.. parts]);
        }

        range = new VersionRange(text.Trim(), alternatives);
        return alternatives.Count <= MostParts;
    }

    public bool Contains(TagVersion version) => _alternatives.Any(alternative =>
        alternative.All(bounds => (bounds.From is null || version.CompareTo(bounds.From) >= 0) && (bounds.To is null || version.CompareTo(bounds.To) < 0)));

    public override string ToString() => Text;

    private static (TagVersion? From, TagVersion? To)? Comparator(string part)
    {
        var match = Form().Match(part);
        if (!match.Success)
        {
            return null;
        }

        long?[] numbers = [Number(match, "major"), Number(match, "minor"), Number(match, "patch")];
        // "1.x.3" means nothing.
        if ((numbers[0] is null && (numbers[1] ?? numbers[2]) is not null) || (numbers[1] is null && numbers[2] is not null))
        {
            return null;
        }

        var sign = match.Groups["sign"].Value;
        var (major, minor, patch) = (numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0);
        var prerelease = match.Groups["pre"] is { Success: true } pre ? pre.Value : null;
        if (prerelease is not null && numbers[2] is null)
        {
            return null;
        }

        if (numbers[0] is null)
        {
            // "*" holds all; "<*" and ">*" hold none, and nobody means them.
            return sign is "" or "=" or ">=" or "<=" ? (null, null) : null;
        }

        TagVersion exact;
        if (prerelease is null)
        {
            exact = TagVersion.Release(major, minor, patch);
        }
        else if (TagVersion.TryParse(string.Create(CultureInfo.InvariantCulture, $"{major}.{minor}.{patch}-{prerelease}"), out var parsed))
        {
            exact = parsed!;
        }
        else
        {
            return null;
        }

        // What is left out may be anything: its pre-releases belong to it.
        var from = prerelease is not null || numbers[2] is not null ? exact : TagVersion.Lowest(major, minor, patch);
        var after = numbers switch
        {
            [_, null, _] => TagVersion.Lowest(major + 1, 0, 0),
            [_, _, null] => TagVersion.Lowest(major, minor + 1, 0),
            _ => JustAfter(exact),
        };
        return sign switch
        {
            "" or "=" => (from, after),
            ">=" => (exact, null),
            ">" => (after, null),
            "<" => (null, prerelease is null ? TagVersion.Lowest(major, minor, patch) : exact),
            "<=" => (null, after),
            "~" => (from, numbers[1] is null ? TagVersion.Lowest(major + 1, 0, 0) : TagVersion.Lowest(major, minor + 1, 0)),
            _ => (from, (numbers, major, minor) switch
            {
                ([_, null, _], _, _) or (_, > 0, _) => TagVersion.Lowest(major + 1, 0, 0),
                ([_, _, null], _, _) or (_, _, > 0) => TagVersion.Lowest(major, minor + 1, 0),
                _ => TagVersion.Lowest(major, minor, patch + 1),
            }),
        };
    }

    /// <summary>Nothing lies between: of a release the lowest of the next number, of a pre-release itself with one more part.</summary>
    private static TagVersion JustAfter(TagVersion exact) =>
        exact.IsPrerelease && TagVersion.TryParse($"{exact}.0", out var next) ? next! : TagVersion.Lowest(exact.Major, exact.Minor, exact.Patch + 1);

    private static long? Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found && long.TryParse(found.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^(?<sign>>=|<=|>|<|=|~|\^)?v?(?:(?<major>[0-9]{1,17})|[xX*])(?:\.(?:(?<minor>[0-9]{1,17})|[xX*])(?:\.(?:(?<patch>[0-9]{1,17})|[xX*])(?:-(?<pre>[0-9A-Za-z.-]{1,64}))?)?)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    [GeneratedRegex(@"^(\S+)\s+-\s+(\S+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Hyphen();

    [GeneratedRegex(@"(>=|<=|>|<|=|~|\^)\s+", RegexOptions.CultureInvariant)]
    private static partial Regex AfterSign();
}
