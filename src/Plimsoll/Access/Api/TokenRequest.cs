namespace Plimsoll.Access.Api;

/// <summary>A token to be made.</summary>
public sealed record TokenRequest
{
    public string? Name { get; init; }

    /// <summary><c>viewer</c>, <c>operator</c> or <c>admin</c>.</summary>
    public string? Role { get; init; }

    /// <summary>Absent: the token does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Names or numbers: the token sees these projects and no others. Absent: all.</summary>
    public IReadOnlyList<string?>? Projects { get; init; }
}
