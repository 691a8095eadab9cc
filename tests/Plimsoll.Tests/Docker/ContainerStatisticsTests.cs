using System.Text.Json;
using Plimsoll.Docker;

namespace Plimsoll.Tests.Docker;

public sealed class ContainerStatisticsTests
{
    [Fact]
    public void Two_measurements_make_a_percentage_of_one_processor()
    {
        var statistics = Read(
            """
            {"read":"2026-11-21T03:01:01.377422382Z","pids_stats":{"current":4},
             "cpu_stats":{"cpu_usage":{"total_usage":300},"system_cpu_usage":2000,"online_cpus":2},
             "precpu_stats":{"cpu_usage":{"total_usage":100},"system_cpu_usage":1000,"online_cpus":2},
             "memory_stats":{"usage":1000,"limit":18446744073709551615,"stats":{"inactive_file":400}},
             "networks":{"eth0":{"rx_bytes":1,"tx_bytes":2},"eth1":{"rx_bytes":10,"tx_bytes":20}},
             "blkio_stats":{"io_service_bytes_recursive":[{"major":8,"minor":0,"op":"Read","value":7},{"major":8,"minor":0,"op":"write","value":9}]}}
            """);

        statistics.CpuPercent.ShouldBe(40);
        statistics.MemoryBytes.ShouldBe(600);
        statistics.MemoryLimitBytes.ShouldBeGreaterThan(0);
        (statistics.NetworkReceivedBytes, statistics.NetworkSentBytes).ShouldBe((11, 22));
        (statistics.BlockReadBytes, statistics.BlockWrittenBytes).ShouldBe((7, 9));
        statistics.Processes.ShouldBe(4);
    }

    [Fact]
    public void The_older_kernel_interface_names_the_cache_differently() =>
        Read("""{"memory_stats":{"usage":1000,"stats":{"inactive_file":1,"total_inactive_file":300}}}""").MemoryBytes.ShouldBe(700);

    [Fact]
    public void A_container_that_does_not_run_uses_nothing()
    {
        var statistics = Read(
            """
            {"read":"0001-01-01T00:00:00Z","pids_stats":{},"blkio_stats":{"io_service_bytes_recursive":null},
             "cpu_stats":{"cpu_usage":{"total_usage":0}},"precpu_stats":{"cpu_usage":{"total_usage":0}},"memory_stats":{}}
            """);

        statistics.ShouldBe(new ContainerStatistics(null, null, 0, 0, 0, 0, 0, 0, 0));
    }

    private static ContainerStatistics Read(string json) =>
        ContainerStatistics.From(JsonSerializer.Deserialize(json, WireJson.Default.StatisticsBody)!);
}
