namespace Plimsoll.Docker;

/// <summary>
/// One container of the engine's list. State is a word ("running"), Status a phrase for people ("Up 3 hours (healthy)"). Addresses are the
/// IPv4 addresses by network name; a network without one is left out.
/// </summary>
public sealed record ContainerSummary(
    string Id,
    string Name,
    string Image,
    string ImageId,
    string State,
    string Status,
    DateTimeOffset Created,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Addresses)
{
    internal static ContainerSummary From(ContainerListItem item) => new(
        item.Id ?? "",
        OwnName(item.Names ?? []),
        item.Image ?? "",
        item.ImageId ?? "",
        item.State ?? "",
        item.Status ?? "",
        DateTimeOffset.FromUnixTimeSeconds(item.Created),
        item.Labels ?? new Dictionary<string, string>(),
        (item.NetworkSettings?.Networks ?? new Dictionary<string, ContainerListItem.Endpoint>())
            .Where(network => !string.IsNullOrEmpty(network.Value?.Address))
            .ToDictionary(network => network.Key, network => network.Value.Address!, StringComparer.Ordinal));

    // Links add names like "/other/alias" to the list, in no particular order.
    private static string OwnName(IReadOnlyList<string> names) =>
        (names.FirstOrDefault(name => name.LastIndexOf('/') == 0) ?? names.FirstOrDefault() ?? "").TrimStart('/');
}
