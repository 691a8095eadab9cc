namespace Plimsoll.Access.Api;

/// <summary>The one answer that holds a token's secret; it cannot be asked for again.</summary>
/// <param name="Token">Goes into <c>Authorization: Bearer …</c>.</param>
public sealed record TokenMadeResponse(long Id, string Name, string Role, DateTimeOffset? ExpiresAt, string Token)
{
    internal static TokenMadeResponse From(Token token, Secret secret) => new(token.Id, token.Name, token.Role.Text(), token.ExpiresAt, secret.Text);

    /// <summary>Records print their properties; this one holds a secret.</summary>
    public override string ToString() => $"token {Name}";
}
