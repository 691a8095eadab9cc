using Plimsoll.Access.Projects;

namespace Plimsoll.Access;

/// <summary>A signed-in browser.</summary>
/// <param name="Id">What a person calls it by; it opens nothing.</param>
internal sealed record Session(string Id, string SecretHash, long UserId, string UserName, Role Role, DateTimeOffset ExpiresAt)
{
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Give or take five minutes.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>Null: every project.</summary>
    public ProjectScope? Projects { get; init; }

    public Caller Caller => new(UserName, Role, SignInWay.Session) { UserId = UserId, SessionHash = SecretHash, Projects = Projects };
}
