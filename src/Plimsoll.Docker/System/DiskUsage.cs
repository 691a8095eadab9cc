using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <summary>
/// What the engine keeps on disk, in bytes. Up to API 1.51 the engine lists each object and the sums are made here; later it sends the sums.
/// </summary>
public sealed class DiskUsage
{
    internal DiskUsage(JsonObject document)
    {
        Document = document;
        ImagesBytes = document.Object("ImagesUsage").Number("TotalSize") ?? document.Number("LayersSize") ?? 0;
        ContainersBytes = document.Object("ContainersUsage").Number("TotalSize") ?? Sum(document.List("Containers"), c => c.Number("SizeRw"));
        VolumesBytes = document.Object("VolumesUsage").Number("TotalSize")
            ?? Sum(document.List("Volumes"), v => v.Object("UsageData").Number("Size"));
        BuildCacheBytes = document.Object("BuildCacheUsage").Number("TotalSize")
            ?? Sum(document.List("BuildCache"), c => c.Flag("Shared") ? 0 : c.Number("Size"));
    }

    /// <summary>The answer as it came.</summary>
    public JsonObject Document { get; }

    /// <summary>All image layers; what images share counts once.</summary>
    public long ImagesBytes { get; }

    /// <summary>What containers wrote into their own top layer.</summary>
    public long ContainersBytes { get; }

    /// <summary>Volumes of the local driver. The size of others is not known.</summary>
    public long VolumesBytes { get; }

    /// <summary>The builder's cache.</summary>
    public long BuildCacheBytes { get; }

    // The engine writes -1 where it does not know.
    private static long Sum(JsonArray? items, Func<JsonNode?, long?> size) => (items ?? []).Sum(item => Math.Max(0, size(item) ?? 0));
}
