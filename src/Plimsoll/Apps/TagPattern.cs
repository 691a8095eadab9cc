namespace Plimsoll.Apps;

/// <summary>A glob for tags: <c>*</c> is any run of characters, <c>?</c> is exactly one, everything else is itself. Case matters, as it does in registries.</summary>
internal readonly record struct TagPattern(string Text)
{
    public const int LongestAllowed = 128;

    /// <summary>Whether the pattern names one tag only, which then is followed as it moves.</summary>
    public bool IsExact => Text.AsSpan().IndexOfAny('*', '?') < 0;

    /// <summary>Takes time in proportion to pattern × tag at the worst; no input makes it blow up.</summary>
    public bool Matches(ReadOnlySpan<char> tag)
    {
        var pattern = Text.AsSpan();
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < tag.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == tag[t]))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    /// <summary>The sentence that says why a pattern cannot be used, or null.</summary>
    public static string? Problem(string? text) => text switch
    {
        null or "" => "A tag pattern is needed, for example \"v*\", \"dev-*\" or \"latest\".",
        { Length: > LongestAllowed } => $"A tag pattern has at most {LongestAllowed} characters.",
        _ when text.All(c => char.IsAsciiLetterOrDigit(c) || c is '*' or '?' or '.' or '_' or '-') => null,
        _ => $"'{text}' cannot match any tag: tags have only letters, digits, '.', '_' and '-'; '*' and '?' are the wildcards.",
    };

    public override string ToString() => Text;
}
