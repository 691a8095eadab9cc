namespace Plimsoll.Access.Users;

/// <summary>The rule for the names of users.</summary>
internal static class UserNames
{
    public const int Longest = 64;

    /// <summary>The sentence that says why a name cannot be used, or null.</summary>
    public static string? Problem(string? name) => name switch
    {
        null or "" => "A name is needed.",
        { Length: > Longest } => $"A name has at most {Longest} characters.",
        _ when name.Contains(':', StringComparison.Ordinal) => "A name holds no colon: scripts send name:password.",
        // The audit trail calls a token "token ci" and Plimsoll by its name.
        _ when name.StartsWith("token ", StringComparison.OrdinalIgnoreCase) || name.Equals(Audit.AuditLog.Itself, StringComparison.OrdinalIgnoreCase) =>
            "This name could be taken for something else. Choose another.",
        _ when name != PrintableName.Of(name) || name != name.Trim() => "Write the name on one line, without spaces at either end.",
        _ => null,
    };
}
