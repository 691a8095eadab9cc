using Plimsoll.Registry;

namespace Plimsoll.Apps;

/// <summary>A registry that a person told Plimsoll about, with the credentials to use there.</summary>
internal sealed record RegistryEntry
{
    public long Id { get; init; }

    public required string Name { get; init; }

    /// <summary>As image references name it: <c>ghcr.io</c>, <c>git.example.org:5000</c>.</summary>
    public required string Host { get; init; }

    /// <summary>One of <see cref="RegistryTypes"/>; <c>generic</c> fits all that follow the standard.</summary>
    public string Type { get; init; } = RegistryTypes.Generic;

    /// <summary>At Amazon the ID of an access key, unless it is <c>AWS</c>.</summary>
    public string? Username { get; init; }

    /// <summary>At Amazon the secret access key; with the user <c>AWS</c> one of its 12-hour passwords.</summary>
    public string? Token { get; init; }

    /// <summary>Whether plain http may be spoken to it.</summary>
    public bool Insecure { get; init; }

    /// <summary>Certificates in PEM of authorities that vouch for it, in addition to the system's.</summary>
    public string? Authorities { get; init; }

    /// <summary>Host, with port if it is not the usual one, of the token server, whatever the registry says.</summary>
    public string? RealmHost { get; init; }

    /// <summary>Null: what the type says.</summary>
    public double? RequestsPerSecond { get; init; }

    /// <summary>Requests at the same moment. Null: what the type says.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Only at Amazon, where the host does not tell it.</summary>
    public string? AwsRegion { get; init; }

    /// <summary>Whether the password is fetched from Amazon with an access key.</summary>
    public bool FetchesFromAmazon => Type == RegistryTypes.Ecr && Token is not null && Username is not null and not "AWS";

    public RegistryPace Pace
    {
        get
        {
            var usual = RegistryTypes.Of(Type).Pace;
            return new RegistryPace(
                Concurrency ?? usual.Concurrency,
                RequestsPerSecond ?? usual.RequestsPerSecond,
                RequestsPerSecond is { } own ? Math.Max(1, (int)Math.Min(usual.Burst, own * 5)) : usual.Burst);
        }
    }

    /// <summary>Everything but the credential.</summary>
    public RegistryAccess WithoutCredential()
    {
        var place = RegistryTypes.Of(Type).TokenServer;
        return new RegistryAccess(null, null, Insecure)
        {
            Authorities = Authorities,
            TokenServer = RealmHost ?? (place == TokenServerPlace.MovedToRegistry ? Host : null),
            TokenServerIsRegistry = place == TokenServerPlace.AtRegistry,
        };
    }

    /// <summary>Records print their properties; this one holds a secret.</summary>
    public override string ToString() => $"registry {Name} ({Host})";
}
