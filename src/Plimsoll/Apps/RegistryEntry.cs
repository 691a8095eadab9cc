using Plimsoll.Docker;
using Plimsoll.Registry;

namespace Plimsoll.Apps;

/// <summary>A registry that a person told Plimsoll about, with the credentials to use there.</summary>
internal sealed record RegistryEntry
{
    public long Id { get; init; }

    public required string Name { get; init; }

    /// <summary>As image references name it: <c>ghcr.io</c>, <c>git.example.org:5000</c>.</summary>
    public required string Host { get; init; }

    /// <summary>What kind of registry it is; <c>generic</c> fits all that follow the standard.</summary>
    public string Type { get; init; } = "generic";

    public string? Username { get; init; }

    public string? Token { get; init; }

    /// <summary>Whether plain http may be spoken to it.</summary>
    public bool Insecure { get; init; }

    /// <summary>Registries that take only a token accept any user name with it; the token itself is the usual choice (seed 004).</summary>
    public RegistryAccess ToAccess() => new(Token is null ? null : Username ?? Token, Token, Insecure);

    public RegistryCredential? ToCredential() => Token is null ? null : new RegistryCredential(Host, Username ?? Token, Token, null);

    /// <summary>Records print their properties; this one holds a secret.</summary>
    public override string ToString() => $"registry {Name} ({Host})";
}
