using Plimsoll.Deployments.Readiness;

namespace Plimsoll.Deployments;

/// <summary>
/// Takes the values of a container's environment out of what the container says. They often are passwords, programs like to
/// print them when they fail, and what they say is kept and shown to everybody who may look (invariant 8). Pure.
/// </summary>
internal sealed class HiddenValues(IReadOnlyDictionary<string, string> environment)
{
    /// <summary>Shorter ones, such as "true" or "8080", are found in any text and would make it unreadable.</summary>
    public const int Shortest = 6;

    private static readonly char[] LineBreaks = ['\r', '\n'];

    // The longest first: a password may be part of an address that is a value as well.
    private readonly KeyValuePair<string, string>[] _values = [.. environment
        .SelectMany(WithLines)
        .Where(variable => variable.Value.Length >= Shortest)
        .OrderByDescending(variable => variable.Value.Length)];

    public string In(string text)
    {
        foreach (var (name, value) in _values)
        {
            text = text.Replace(value, $"[{name}]", StringComparison.Ordinal);
        }

        return text;
    }

    public ReadinessFinding In(ReadinessFinding finding) => finding switch
    {
        ReadinessFinding.NotYet notYet => notYet with { Why = In(notYet.Why), Probe = Probe(notYet) },
        ReadinessFinding.Broken broken => broken with { Sentence = In(broken.Sentence), Probe = Probe(broken) },
        _ => finding with { Probe = Probe(finding) },
    };

    /// <summary>What the container said, in one line of at most so many characters. Hidden first and cut then: half a password is still one.</summary>
    public string Quote(string text, int longest)
    {
        var line = string.Join(' ', new string([.. In(text).Select(c => char.IsControl(c) ? ' ' : c)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= longest ? line : line[..longest] + "…";
    }

    private string? Probe(ReadinessFinding finding) => finding.Probe is null ? null : In(finding.Probe);

    /// <summary>A key of several lines is printed, and found, line by line.</summary>
    private static IEnumerable<KeyValuePair<string, string>> WithLines(KeyValuePair<string, string> variable) =>
        variable.Value.AsSpan().IndexOfAny(LineBreaks) < 0
            ? [variable]
            : [variable, .. variable.Value.Split(LineBreaks, StringSplitOptions.RemoveEmptyEntries).Select(line => KeyValuePair.Create(variable.Key, line))];
}
