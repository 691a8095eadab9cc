namespace Plimsoll.Apps.Api;

/// <summary>A registry as a client writes it. An absent token keeps the stored one; an empty token removes it.</summary>
public sealed record RegistryRequest
{
    public string? Name { get; init; }

    /// <summary>Host, with port if it is not the usual one; a leading <c>https://</c> is taken off.</summary>
    public string? Url { get; init; }

    public string? Type { get; init; }

    public string? Username { get; init; }

    public string? Token { get; init; }

    public bool? Insecure { get; init; }

    /// <summary>Records print their properties; this one holds a secret.</summary>
    public override string ToString() => $"registry {Name}";
}
