namespace Plimsoll.Registry.References;

/// <summary>
/// The character rules of image references, after the grammar of the distribution project. Written as single passes over the text:
/// a pattern with nested repeats can be made to run for minutes by a hostile name.
/// </summary>
internal static class ReferenceGrammar
{
    public const int LongestTag = 128;
    public const int LongestRepository = 255;

    public static bool IsTag(string? tag) =>
        tag is { Length: > 0 and <= LongestTag }
        && (char.IsAsciiLetterOrDigit(tag[0]) || tag[0] == '_')
        && tag.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    public static bool IsRepository(string path) =>
        path.Length is > 0 and <= LongestRepository && path.Split('/').All(IsPathComponent);

    /// <summary>Runs of lower-case letters and digits, joined by one '.', one or two '_', or any number of '-'.</summary>
    public static bool IsPathComponent(string component)
    {
        var position = 0;
        while (true)
        {
            var start = position;
            while (position < component.Length && (char.IsAsciiDigit(component[position]) || char.IsAsciiLetterLower(component[position])))
            {
                position++;
            }

            if (position == start)
            {
                return false;
            }

            if (position == component.Length)
            {
                return true;
            }

            var separator = SeparatorLength(component, position);
            if (separator == 0)
            {
                return false;
            }

            position += separator;
        }
    }

    private static int SeparatorLength(string component, int position)
    {
        var length = 1;
        while (position + length < component.Length && component[position + length] == component[position])
        {
            length++;
        }

        return component[position] switch
        {
            '.' when length == 1 => 1,
            '_' when length <= 2 => length,
            '-' => length,
            _ => 0,
        };
    }
}
