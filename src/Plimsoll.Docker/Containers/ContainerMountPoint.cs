using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <summary>
/// Something mounted into a container. Type is "bind", "volume" or "tmpfs". Name is the volume's, null for others; a volume without a name
/// of its own has one of 64 digits. Source is the path on the host.
/// </summary>
public sealed record ContainerMountPoint(string Type, string? Name, string? Source, string Destination, bool IsReadOnly)
{
    internal static ContainerMountPoint From(JsonNode? mount) => new(
        mount.TextOrEmpty("Type"),
        mount.Text("Name") is { Length: > 0 } name ? name : null,
        mount.Text("Source") is { Length: > 0 } source ? source : null,
        mount.TextOrEmpty("Destination"),
        !mount.Flag("RW"));
}
