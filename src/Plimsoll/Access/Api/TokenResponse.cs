namespace Plimsoll.Access.Api;

/// <summary>A token as clients see it: never with its secret.</summary>
/// <param name="Projects">The projects it is restricted to; null: all.</param>
public sealed record TokenResponse(long Id, string Name, string Role, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, IReadOnlyList<string>? Projects)
{
    internal static TokenResponse From(Token token) => new(token.Id, token.Name, token.Role.Text(), token.CreatedAt, token.ExpiresAt, token.Projects?.Names);
}
