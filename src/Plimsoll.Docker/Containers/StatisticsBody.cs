using System.Text.Json.Serialization;

namespace Plimsoll.Docker;

/// <summary>The engine's measurements of one container; only the fields that are used.</summary>
internal sealed record StatisticsBody(
    [property: JsonPropertyName("read")] string? Read,
    [property: JsonPropertyName("cpu_stats")] StatisticsBody.Cpu? Now,
    [property: JsonPropertyName("precpu_stats")] StatisticsBody.Cpu? Before,
    [property: JsonPropertyName("memory_stats")] StatisticsBody.Memory? MemoryUse,
    [property: JsonPropertyName("pids_stats")] StatisticsBody.Pids? Processes,
    [property: JsonPropertyName("networks")] IReadOnlyDictionary<string, StatisticsBody.Network>? Networks,
    [property: JsonPropertyName("blkio_stats")] StatisticsBody.Blocks? BlockUse)
{
    internal sealed record Cpu(
        [property: JsonPropertyName("cpu_usage")] CpuUse? Use,
        [property: JsonPropertyName("system_cpu_usage")] ulong? System,
        [property: JsonPropertyName("online_cpus")] int? Online);

    internal sealed record CpuUse(
        [property: JsonPropertyName("total_usage")] ulong Total,
        [property: JsonPropertyName("percpu_usage")] IReadOnlyList<ulong>? PerCpu);

    internal sealed record Memory(
        [property: JsonPropertyName("usage")] ulong? Use,
        [property: JsonPropertyName("limit")] ulong? Limit,
        [property: JsonPropertyName("stats")] IReadOnlyDictionary<string, ulong>? Details);

    internal sealed record Pids([property: JsonPropertyName("current")] ulong? Current);

    internal sealed record Network(
        [property: JsonPropertyName("rx_bytes")] ulong Received,
        [property: JsonPropertyName("tx_bytes")] ulong Sent);

    internal sealed record Blocks([property: JsonPropertyName("io_service_bytes_recursive")] IReadOnlyList<BlockEntry>? Entries);

    internal sealed record BlockEntry(
        [property: JsonPropertyName("op")] string? Operation,
        [property: JsonPropertyName("value")] ulong Value);
}
