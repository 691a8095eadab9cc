using Plimsoll.Access.Projects;

namespace Plimsoll.Access;

/// <summary>A key for programs. What opens the door is not in here: only its hash is stored.</summary>
internal sealed record Token(long Id, string Name, Role Role, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    public const string Prefix = "plm_";

    /// <summary>Null: every project.</summary>
    public ProjectScope? Projects { get; init; }

    public Caller Caller => new(Name, Role, SignInWay.Token) { Projects = Projects };
}
