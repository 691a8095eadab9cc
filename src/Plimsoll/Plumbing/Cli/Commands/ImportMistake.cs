using System.Globalization;
using System.Text.RegularExpressions;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary>One mistake in a configuration file. The API tells it under "line:column key".</summary>
internal sealed partial record ImportMistake(int Line, int Column, string Key, string Sentence)
{
    /// <returns>In the order of the file. What has no place in it comes first.</returns>
    public static IReadOnlyList<ImportMistake> From(IReadOnlyDictionary<string, string> errors) =>
        [.. errors.Select(error => From(error.Key, error.Value)).OrderBy(mistake => mistake.Line).ThenBy(mistake => mistake.Column)];

    /// <summary>As compilers write it, so that editors and build servers lead to the place.</summary>
    public string In(string file)
    {
        var place = Line == 0 ? file : string.Create(CultureInfo.InvariantCulture, $"{file}:{Line}:{Column}");
        return Key.Length == 0 ? $"{place}: {Sentence}" : $"{place}: {Key}: {Sentence}";
    }

    private static ImportMistake From(string field, string sentence)
    {
        var match = Place().Match(field);
        return match.Success
            && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var line)
            && int.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var column)
            ? new ImportMistake(line, column, match.Groups[3].Value, sentence)
            : new ImportMistake(0, 0, field, sentence);
    }

    [GeneratedRegex(@"^(\d{1,9}):(\d{1,9})(?: (.+))?$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
