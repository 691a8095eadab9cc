namespace Plimsoll.Plumbing.Cli.Api;

/// <summary>A token to be made; without <c>ExpiresAt</c> it does not expire.</summary>
internal sealed record TokenOrder(string Name, string Role, DateTimeOffset? ExpiresAt);

/// <summary>A token in the list.</summary>
internal sealed record TokenEntry(long Id, string? Name, string? Role, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

/// <summary>The one answer that holds a token's secret.</summary>
internal sealed record NewToken(long Id, string? Name, string? Role, DateTimeOffset? ExpiresAt, string? Token)
{
    /// <summary>Records print their properties; this one holds a secret.</summary>
    public override string ToString() => $"token {Name}";
}
