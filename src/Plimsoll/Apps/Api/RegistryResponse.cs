namespace Plimsoll.Apps.Api;

/// <summary>A registry as clients see it: never with its token.</summary>
public sealed record RegistryResponse(long Id, string Name, string Url, string Type, string? Username, string? Token, bool Insecure)
{
    internal static RegistryResponse From(RegistryEntry entry) => new(
        entry.Id, entry.Name, entry.Host, entry.Type, entry.Username, entry.Token is null ? null : ProjectResponse.Hidden, entry.Insecure);
}
