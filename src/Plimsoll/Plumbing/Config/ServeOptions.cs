using System.Net;
using Plimsoll.Docker;

namespace Plimsoll.Plumbing.Config;

/// <summary>What <c>plimsoll serve</c> is told by its environment. Everything else lives in the store.</summary>
internal sealed record ServeOptions
{
    public required string DataFolder { get; init; }

    /// <summary>Where the dashboard and the API listen.</summary>
    public required Uri Listen { get; init; }

    /// <summary>Where the built-in proxy listens.</summary>
    public required Uri ProxyListen { get; init; }

    public required DockerEndpoint Engine { get; init; }

    /// <summary>Text to derive the key from; null: the key file of the data folder is used.</summary>
    public string? EncryptionKey { get; init; }

    /// <summary>Password for the user <c>admin</c>; null: a one-time set-up link is printed.</summary>
    public string? AdminPassword { get; init; }

    /// <summary>A configuration file that is read on first launch only.</summary>
    public string? SeedPath { get; init; }

    /// <summary>Proxies in front that are believed about who the client is; for the API and the built-in proxy.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Null: people sign in with a password only.</summary>
    public OpenIdSettings? OpenId { get; init; }

    /// <summary>Docker's own configuration file, for its credentials; null: it is not read.</summary>
    public string? DockerConfigPath { get; init; }

    public string? Faults { get; init; }

    public string? FaultFolder { get; init; }

    public string StorePath => Path.Combine(DataFolder, "plimsoll.db");

    /// <summary>Records print their properties; this one holds secrets.</summary>
    public override string ToString() => $"Plimsoll at {Listen}, proxy at {ProxyListen}, data in {DataFolder}";
}
