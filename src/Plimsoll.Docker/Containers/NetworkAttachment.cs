using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <summary>
/// A container's place in one network. Address and MAC address are what the engine gave it, not what anybody asked for, and null while the
/// container does not run. On engines before 25.0 the aliases include the container's short id.
/// </summary>
public sealed record NetworkAttachment(
    string Network,
    string NetworkId,
    string? Address,
    string? AddressV6,
    string? Gateway,
    string? MacAddress,
    IReadOnlyList<string> Aliases)
{
    internal static NetworkAttachment From(string network, JsonNode? endpoint) => new(
        network,
        endpoint.TextOrEmpty("NetworkID"),
        OrNull(endpoint.Text("IPAddress")),
        OrNull(endpoint.Text("GlobalIPv6Address")),
        OrNull(endpoint.Text("Gateway")),
        OrNull(endpoint.Text("MacAddress")),
        endpoint.Texts("Aliases"));

    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
