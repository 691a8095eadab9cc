using Plimsoll.Plumbing.Http;

namespace Plimsoll.Apps.Api;

/// <summary>A registry as a client writes it. In a change an absent field, or the token as it is shown, keeps its value; an empty text, or 0, clears it.</summary>
public sealed record RegistryRequest
{
    public string? Name { get; init; }

    /// <summary>Host, with port if it is not the usual one; a leading <c>https://</c> is taken off. Left out, it is that of the type, if it has one.</summary>
    public string? Url { get; init; }

    public string? Type { get; init; }

    public string? Username { get; init; }

    public string? Token { get; init; }

    public bool? Insecure { get; init; }

    /// <summary>Certificates in PEM of authorities that vouch for it, or the path of a file of the server with them, which is read now and not again.</summary>
    public string? Ca { get; init; }

    /// <summary>Host of its token server, when the registry says it wrongly.</summary>
    public string? RealmHost { get; init; }

    public double? RequestsPerSecond { get; init; }

    public int? Concurrency { get; init; }

    /// <summary>Only for ecr, where the address does not tell it.</summary>
    public string? AwsRegion { get; init; }

    /// <summary>With the certificates themselves in the place of whatever stands for them. Reads a file, so it is done before a transaction and not in one.</summary>
    internal Outcome<RegistryRequest> WithCertificates()
    {
        if (string.IsNullOrWhiteSpace(Ca))
        {
            return Ca is null ? this : this with { Ca = "" };
        }

        try
        {
            return CertificateText.Normal(Ca) is { Length: > 0 } certificates ? this with { Ca = certificates } : Refusal.Invalid("ca", CertificateText.NoCertificate);
        }
        catch (InvalidDataException problem)
        {
            return Refusal.Invalid("ca", problem.Message);
        }
    }

    /// <summary>A new registry, or the registry as it is after this change.</summary>
    internal Outcome<RegistryEntry> Over(RegistryEntry? old)
    {
        var sendsToken = Token is not null && Token != ProjectResponse.Hidden;
        var type = string.IsNullOrEmpty(Type) ? old?.Type ?? RegistryTypes.Generic : Type;
        var host = string.IsNullOrWhiteSpace(Url) ? old?.Host ?? RegistryTypes.Of(type).Host ?? "" : RegistryAddress.Canonical(Url);
        var realmHost = FieldValue.Over(RealmHost?.Trim(), old?.RealmHost);
        if (old?.Token is not null && !sendsToken && (host != old.Host || (realmHost is not null && realmHost != old.RealmHost)))
        {
            var where = host != old.Host ? "another host" : "another token server";
            return Refusal.Invalid("token", $"Write the token again: the stored one was given for {old.Host} and is not sent to {where}.");
        }

        if (Insecure == false && Url is not null && RegistryAddress.IsPlainHttp(Url))
        {
            return Refusal.Invalid("insecure", "The address begins with http://, which is not encrypted: allow that here, or write https://.");
        }

        return (old ?? new RegistryEntry { Name = "", Host = "" }) with
        {
            Name = Name ?? old?.Name ?? "",
            Host = host,
            Type = type,
            Username = FieldValue.Over(Username, old?.Username),
            Token = sendsToken ? FieldValue.Over(Token, null) : old?.Token,
            Insecure = Insecure ?? ((Url is not null && RegistryAddress.IsPlainHttp(Url)) || (old?.Insecure ?? false)),
            Authorities = FieldValue.Over(Ca, old?.Authorities),
            RealmHost = realmHost,
            RequestsPerSecond = RequestsPerSecond == 0 ? null : RequestsPerSecond ?? old?.RequestsPerSecond,
            Concurrency = Concurrency == 0 ? null : Concurrency ?? old?.Concurrency,
            AwsRegion = FieldValue.Over(AwsRegion?.Trim(), old?.AwsRegion),
        };
    }

    /// <summary>Records print their properties; this one holds a secret.</summary>
    public override string ToString() => $"registry {Name}";
}
