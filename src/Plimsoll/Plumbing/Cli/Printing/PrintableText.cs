using System.Globalization;
using System.Text;

namespace Plimsoll.Plumbing.Cli.Printing;

/// <summary>
/// Makes text that came from elsewhere (a tag, a container's error) fit for one line of a terminal: nothing in it can
/// move the cursor, change colours or turn the writing round.
/// </summary>
internal static class PrintableText
{
    public static string Line(string text)
    {
        if (!text.EnumerateRunes().Any(IsUnfit))
        {
            return text;
        }

        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            line.Append(!IsUnfit(rune) ? rune.ToString() : Rune.IsWhiteSpace(rune) ? " " : "�");
        }

        return line.ToString();
    }

    private static bool IsUnfit(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
