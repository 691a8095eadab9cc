using Plimsoll.Access.Projects;

namespace Plimsoll.Access;

/// <summary>Who sends this request, as proven by its session, its password or its token.</summary>
internal sealed record Caller(string Name, Role Role, SignInWay Way)
{
    /// <summary>Null for a token: a token belongs to nobody.</summary>
    public long? UserId { get; init; }

    /// <summary>Which session carries the request, if one does.</summary>
    public string? SessionHash { get; init; }

    /// <summary>The projects that the caller is restricted to; null: all.</summary>
    public ProjectScope? Projects { get; init; }

    public bool IsUser => UserId is not null;

    /// <summary>For lists: <see cref="ProjectGuard"/> holds what an address names.</summary>
    public bool MaySee(long projectId) => Projects?.Allows(projectId) ?? true;

    public bool MaySee(string? projectName) => Projects?.Allows(projectName) ?? true;

    /// <summary>As an event or an audit line names the caller.</summary>
    public override string ToString() => IsUser ? Name : $"token {Name}";
}
