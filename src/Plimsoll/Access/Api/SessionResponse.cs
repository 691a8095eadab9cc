namespace Plimsoll.Access.Api;

/// <summary>A signed-in browser.</summary>
/// <param name="Current">Whether this very request is carried by it.</param>
/// <param name="LastSeenAt">Give or take five minutes.</param>
public sealed record SessionResponse(
    string Id, bool Current, DateTimeOffset CreatedAt, DateTimeOffset? LastSeenAt, DateTimeOffset ExpiresAt, string? Address, string? UserAgent)
{
    internal static SessionResponse From(Session session, Caller caller) => new(
        session.Id, session.SecretHash == caller.SessionHash, session.CreatedAt, session.LastSeenAt, session.ExpiresAt, session.Address, session.UserAgent);
}
