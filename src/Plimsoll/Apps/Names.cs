namespace Plimsoll.Apps;

/// <summary>The rule for names of projects, stages and registries.</summary>
internal static class Names
{
    public const int Longest = 63;

    /// <summary>The sentence that says why a name cannot be used, or null.</summary>
    public static string? Problem(string? name) => name switch
    {
        null or "" => "A name is needed.",
        { Length: > Longest } => $"A name has at most {Longest} characters.",
        _ when name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && name[0] != '-' && name[^1] != '-' && !name.All(char.IsAsciiDigit) => null,
        _ => $"'{name}' is not a name: use lower case letters, digits and dashes, with no dash at either end and not only digits.",
    };
}
