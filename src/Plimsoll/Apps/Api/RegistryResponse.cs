namespace Plimsoll.Apps.Api;

/// <summary>A registry as clients see it: never with its token.</summary>
/// <param name="Ca">Certificates in PEM of authorities that vouch for it, in addition to the system's.</param>
/// <param name="RealmHost">Where its token server is asked, whatever it says itself.</param>
/// <param name="RequestsPerSecond">Null: what the type says.</param>
/// <param name="Concurrency">Null: what the type says.</param>
/// <param name="Traffic">How the registry and Plimsoll get along just now.</param>
public sealed record RegistryResponse(
    long Id, string Name, string Url, string Type, string? Username, string? Token, bool Insecure,
    string? Ca, string? RealmHost, double? RequestsPerSecond, int? Concurrency, string? AwsRegion, RegistryTrafficResponse Traffic)
{
    internal static RegistryResponse From(RegistryEntry entry, Registry.RegistryTraffic traffic) => new(
        entry.Id, entry.Name, entry.Host, entry.Type, entry.Username, entry.Token is null ? null : ProjectResponse.Hidden, entry.Insecure,
        entry.Authorities, entry.RealmHost, entry.RequestsPerSecond, entry.Concurrency, entry.AwsRegion, RegistryTrafficResponse.From(traffic));
}
