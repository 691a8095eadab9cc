using System.Text.Json.Nodes;
using Plimsoll.Docker;

namespace Plimsoll.Tests.Docker;

public sealed class DiskUsageTests
{
    [Fact]
    public void Disk_usage_is_read_in_both_forms()
    {
        var listed = new DiskUsage((JsonObject)JsonNode.Parse(
            """
            {"LayersSize":100,"Containers":[{"SizeRw":1},{}],"Volumes":[{"UsageData":{"Size":5}},{"UsageData":{"Size":-1}}],
             "BuildCache":[{"Size":3,"Shared":false},{"Size":50,"Shared":true}]}
            """)!);
        var summed = new DiskUsage((JsonObject)JsonNode.Parse(
            """{"ImagesUsage":{"TotalSize":100},"ContainersUsage":{"TotalSize":1},"VolumesUsage":{"TotalSize":5},"BuildCacheUsage":{"TotalSize":3}}""")!);

        foreach (var usage in new[] { listed, summed })
        {
            (usage.ImagesBytes, usage.ContainersBytes, usage.VolumesBytes, usage.BuildCacheBytes).ShouldBe((100, 1, 5, 3));
        }
    }
}
