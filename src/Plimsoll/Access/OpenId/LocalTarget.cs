namespace Plimsoll.Access.OpenId;

/// <summary>Where a browser is sent after signing in: only ever to a page of ours, or the sign-in would be a way to send people anywhere. Pure.</summary>
internal static class LocalTarget
{
    public const string Start = "/";
    private const int Longest = 1_000;

    public static string Of(string? asked) => asked is { Length: > 0 and <= Longest } && IsLocal(asked) ? asked : Start;

    /// <summary>A browser reads a backslash as a slash, and leaves tabs and line ends out.</summary>
    private static bool IsLocal(string path) =>
        path[0] == '/'
        && !path.StartsWith("//", StringComparison.Ordinal)
        && !path.Contains('\\', StringComparison.Ordinal)
        && path.All(character => character is > ' ' and < (char)127);
}
