using System.Text.RegularExpressions;

namespace Plimsoll.Apps.Policies;

/// <summary>Whether an expression knows a tag.</summary>
internal enum TagMatch
{
    No,
    Yes,

    /// <summary>Its time was over before it knew. Counts as a no.</summary>
    TimedOut,
}

/// <summary>
/// A glob (<see cref="TagPattern"/>) or, between two slashes, a regular expression that is looked for anywhere in the tag: <c>/-debug$/</c>.
/// One that needs no going back takes time in proportion to the tag; any other is stopped when its time is over.
/// </summary>
internal sealed class TagExpression
{
    public const int LongestText = 200;
    private const int MostTimeOuts = 3;

    /// <summary>Where going back can double the work with each character.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>Where it cannot: only a machine that is busy with other things takes long, and that must not make a yes a no.</summary>
    private static readonly TimeSpan LongPatience = TimeSpan.FromSeconds(5);

    private readonly Regex? _regex;
    private int _timeOuts;

    private TagExpression(string text, Regex? regex) => (Text, _regex) = (text, regex);

    public string Text { get; }

    public static bool TryParse(string? text, out TagExpression? expression, out string? problem)
    {
        expression = null;
        if (text is not ['/', .., '/'] || text.Length < 3)
        {
            problem = text is ['/', ..] ? $"A regular expression stands between two slashes, such as /^v1\\./." : TagPattern.Problem(text);
            expression = problem is null ? new TagExpression(text!, null) : null;
            return expression is not null;
        }

        if (text.Length > LongestText)
        {
            problem = $"A regular expression has at most {LongestText} characters.";
            return false;
        }

        try
        {
            expression = new TagExpression(text, Compile(text[1..^1]));
            problem = null;
            return true;
        }
        catch (ArgumentException mistake)
        {
            problem = $"This is not a regular expression: {mistake.Message.TrimEnd('.')}.";
            return false;
        }
    }

    public TagMatch Matches(string tag)
    {
        if (_regex is null)
        {
            return new TagPattern(Text).Matches(tag) ? TagMatch.Yes : TagMatch.No;
        }

        // Thousands of tags must not each wait for the same slow expression.
        if (_timeOuts >= MostTimeOuts)
        {
            return TagMatch.TimedOut;
        }

        try
        {
            return _regex.IsMatch(tag) ? TagMatch.Yes : TagMatch.No;
        }
        catch (RegexMatchTimeoutException)
        {
            _timeOuts++;
            return TagMatch.TimedOut;
        }
    }

    public override string ToString() => Text;

    private static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, LongPatience);
        }
        catch (NotSupportedException)
        {
            // It looks around or refers back; that cannot be done without trying.
            return new Regex(pattern, RegexOptions.CultureInvariant, Patience);
        }
    }
}
