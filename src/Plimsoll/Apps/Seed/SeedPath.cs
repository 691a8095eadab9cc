namespace Plimsoll.Apps.Seed;

/// <summary>Writes keys and values of a configuration file for people.</summary>
internal static class SeedPath
{
    private const int LongestExcerpt = 60;

    public static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>The field of a validation as the file spells it: <c>tagPattern</c> is <c>tag_pattern</c>.</summary>
    public static string OfField(string field) => field switch
    {
        "pollingSeconds" => "polling_interval",
        // The name of a variable is written by a person and stays as it is.
        _ when field.StartsWith("env.", StringComparison.Ordinal) => field,
        _ => string.Concat(field.Select(c => char.IsAsciiLetterUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{c}")),
    };

    public static string Excerpt(string text) => text.Length <= LongestExcerpt ? text : text[..LongestExcerpt] + "…";
}
