using System.Text;

namespace Plimsoll.Registry.Authentication;

/// <summary>A position in a header's text. Every move goes forward, so reading ends.</summary>
internal sealed class HeaderCursor(string text)
{
    private int position;

    /// <summary>Skips spaces and commas; false at the end.</summary>
    public bool SkipSeparators()
    {
        while (position < text.Length && (text[position] == ',' || char.IsWhiteSpace(text[position])))
        {
            position++;
        }

        return position < text.Length;
    }

    public void SkipOne() => position++;

    public string ReadToken()
    {
        var start = position;
        while (position < text.Length && IsTokenCharacter(text[position]))
        {
            position++;
        }

        return text[start..position];
    }

    /// <summary>Skips "=" and the space around it, or stays where it is.</summary>
    public bool TrySkipEquals()
    {
        var next = position;
        while (next < text.Length && text[next] is (' ' or '\t'))
        {
            next++;
        }

        if (next >= text.Length || text[next] != '=')
        {
            return false;
        }

        position = next + 1;
        while (position < text.Length && text[position] is (' ' or '\t'))
        {
            position++;
        }

        return true;
    }

    /// <summary>A quoted string without its quotes, or everything up to the next comma or space. A missing closing quote takes the rest.</summary>
    public string ReadValue()
    {
        if (position >= text.Length || text[position] != '"')
        {
            var start = position;
            while (position < text.Length && text[position] != ',' && !char.IsWhiteSpace(text[position]))
            {
                position++;
            }

            return text[start..position];
        }

        var value = new StringBuilder();
        for (position++; position < text.Length && text[position] != '"'; position++)
        {
            if (text[position] == '\\' && position + 1 < text.Length)
            {
                position++;
            }

            value.Append(text[position]);
        }

        position++;
        return value.ToString();
    }

    private static bool IsTokenCharacter(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c);
}
