namespace Plimsoll.Access;

/// <summary>A signed-in browser.</summary>
internal sealed record Session(string SecretHash, long UserId, string UserName, Role Role, DateTimeOffset ExpiresAt)
{
    public Caller Caller => new(UserName, Role, SignInWay.Session) { UserId = UserId, SessionHash = SecretHash };
}
