namespace Plimsoll.Apps.Seed;

/// <summary>Writes keys and values of a configuration file for people.</summary>
internal static class SeedPath
{
    private const int LongestExcerpt = 60;

    public static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>
    /// The place of a validation's field as the file spells it: <c>stages.dev.tagPattern</c> is <c>stages.dev.tag_pattern</c>.
    /// A name is the key of its section. What people chose themselves, a variable or a stage, stays as it is.
    /// </summary>
    public static string OfField(string path, string field)
    {
        if (field.StartsWith("env.", StringComparison.Ordinal))
        {
            return Join(path, field);
        }

        var (section, last) = field.LastIndexOf('.') is >= 0 and var dot ? (Join(path, field[..dot]), field[(dot + 1)..]) : (path, field);
        return last switch
        {
            "name" => section,
            "pollingSeconds" => Join(section, "polling_interval"),
            "startSeconds" => Join(section, "start_period"),
            "intervalSeconds" or "timeoutSeconds" or "deadlineSeconds" => Join(section, last[..^"Seconds".Length]),
            _ => Join(section, string.Concat(last.Select(c => char.IsAsciiLetterUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{c}"))),
        };
    }

    public static string Excerpt(string text) => text.Length <= LongestExcerpt ? text : text[..LongestExcerpt] + "…";
}
