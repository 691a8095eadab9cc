namespace Plimsoll.Access.Api;

/// <summary>A token as clients see it: never with its secret.</summary>
public sealed record TokenResponse(long Id, string Name, string Role, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    internal static TokenResponse From(Token token) => new(token.Id, token.Name, token.Role.Text(), token.CreatedAt, token.ExpiresAt);
}
