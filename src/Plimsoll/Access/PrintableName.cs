using System.Globalization;
using System.Text;

namespace Plimsoll.Access;

/// <summary>Makes a name that a stranger typed fit for an event: short, on one line, and not able to turn the writing round.</summary>
internal static class PrintableName
{
    private const int Longest = 64;

    public static string Of(string name, int longest = Longest)
    {
        var text = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if (text.Length >= longest)
            {
                return text.Append('…').ToString();
            }

            if (IsPrintable(rune))
            {
                text.Append(rune.ToString());
            }
        }

        return text.ToString();
    }

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
