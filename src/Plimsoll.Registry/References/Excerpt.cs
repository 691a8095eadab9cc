namespace Plimsoll.Registry.References;

/// <summary>A short, printable piece of a text that came from outside, safe to put into a sentence, a log line or a page.</summary>
internal static class Excerpt
{
    public static string Of(string? text, int longest = 80)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var piece = text.Length > longest ? text[..longest] : text;
        var clean = string.Concat(piece.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)).Trim();
        return text.Length > longest ? clean + "…" : clean;
    }
}
