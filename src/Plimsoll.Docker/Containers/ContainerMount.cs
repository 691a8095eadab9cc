using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <summary>
/// Something to mount into a new container. Source is the volume's name or the path on the host; null for memory, and for a volume
/// without a name.
/// </summary>
public sealed record ContainerMount(MountKind Kind, string? Source, string Target, bool IsReadOnly = false)
{
    /// <summary>The most that memory of kind <see cref="MountKind.Tmpfs"/> may take, in bytes; null for half of the host's.</summary>
    public long? SizeBytes { get; init; }

    internal JsonObject ToJson()
    {
        var mount = new JsonObject
        {
            ["Type"] = Kind switch
            {
                MountKind.Volume => "volume",
                MountKind.Bind => "bind",
                MountKind.Tmpfs => "tmpfs",
                _ => throw new InvalidOperationException($"There is no mount of kind {Kind}."),
            },
            ["Target"] = Target,
            ["ReadOnly"] = IsReadOnly,
        };
        if (Source is not null)
        {
            mount["Source"] = Source;
        }

        if (SizeBytes is { } size && Kind == MountKind.Tmpfs)
        {
            mount["TmpfsOptions"] = new JsonObject { ["SizeBytes"] = size };
        }

        return mount;
    }
}
