using Plimsoll.Plumbing.Http;

namespace Plimsoll.Apps.Api;

/// <summary>A registry as a client writes it. In a change an absent field, or the token as it is shown, keeps its value; an empty text clears it.</summary>
public sealed record RegistryRequest
{
    public string? Name { get; init; }

    /// <summary>Host, with port if it is not the usual one; a leading <c>https://</c> is taken off.</summary>
    public string? Url { get; init; }

    public string? Type { get; init; }

    public string? Username { get; init; }

    public string? Token { get; init; }

    public bool? Insecure { get; init; }

    /// <summary>A new registry, or the registry as it is after this change.</summary>
    internal Outcome<RegistryEntry> Over(RegistryEntry? old)
    {
        var sendsToken = Token is not null && Token != ProjectResponse.Hidden;
        var host = Url is null ? old?.Host ?? "" : RegistryAddress.Canonical(Url);
        if (old?.Token is not null && !sendsToken && host != old.Host)
        {
            return Refusal.Invalid("token", $"Write the token again: the stored one was given for {old.Host} and is not sent to another host.");
        }

        if (Insecure == false && Url is not null && RegistryAddress.IsPlainHttp(Url))
        {
            return Refusal.Invalid("insecure", "The address begins with http://, which is not encrypted: allow that here, or write https://.");
        }

        return (old ?? new RegistryEntry { Name = "", Host = "" }) with
        {
            Name = Name ?? old?.Name ?? "",
            Host = host,
            Type = Type ?? old?.Type ?? "generic",
            Username = FieldValue.Over(Username, old?.Username),
            Token = sendsToken ? FieldValue.Over(Token, null) : old?.Token,
            Insecure = Insecure ?? ((Url is not null && RegistryAddress.IsPlainHttp(Url)) || (old?.Insecure ?? false)),
        };
    }

    /// <summary>Records print their properties; this one holds a secret.</summary>
    public override string ToString() => $"registry {Name}";
}
