namespace Plimsoll.Plumbing.Config;

/// <summary>An OpenID Connect provider that signs people in.</summary>
internal sealed record OpenIdSettings
{
    /// <summary>Without a slash at its end unless the provider's own document has one.</summary>
    public required Uri Issuer { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Null for a public client: then only the proof key protects the code.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>What the button of the sign-in page says.</summary>
    public required string Name { get; init; }

    /// <summary>Which claim of the identity says what somebody may do.</summary>
    public required string RoleClaim { get; init; }

    /// <summary>Pairs of the claim's value and our role.</summary>
    public required IReadOnlyDictionary<string, string> Roles { get; init; }

    /// <summary>For people whose claim names no role; null: they are not let in.</summary>
    public string? DefaultRole { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>As it is compared: without a slash at the end.</summary>
    public string IssuerText => Issuer.OriginalString.TrimEnd('/');

    /// <summary>Records print their properties; this one holds a secret.</summary>
    public override string ToString() => $"OpenID Connect at {Issuer}";
}
