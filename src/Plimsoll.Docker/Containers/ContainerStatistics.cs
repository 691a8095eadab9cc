namespace Plimsoll.Docker;

/// <summary>
/// What a container uses. CPU is in percent of one processor, so that two busy ones make 200; null when the engine has not measured twice
/// yet. Memory leaves out the file cache that the kernel can take back, as the Docker tools do. Network and block numbers count from the
/// container's start. ReadAt is null, and all numbers are 0, for a container that does not run.
/// </summary>
public sealed record ContainerStatistics(
    DateTimeOffset? ReadAt,
    double? CpuPercent,
    long MemoryBytes,
    long MemoryLimitBytes,
    long NetworkReceivedBytes,
    long NetworkSentBytes,
    long BlockReadBytes,
    long BlockWrittenBytes,
    long Processes)
{
    internal static ContainerStatistics From(StatisticsBody body) => new(
        EngineTime.Parse(body.Read),
        Cpu(body.Now, body.Before),
        Memory(body.MemoryUse),
        Clamp(body.MemoryUse?.Limit),
        (body.Networks?.Values ?? []).Sum(network => Clamp(network.Received)),
        (body.Networks?.Values ?? []).Sum(network => Clamp(network.Sent)),
        Blocks(body, "read"),
        Blocks(body, "write"),
        Clamp(body.Processes?.Current));

    private static double? Cpu(StatisticsBody.Cpu? now, StatisticsBody.Cpu? before)
    {
        if (now is not { Use: { } use, System: { } system } || before is not { Use: { } useBefore, System: { } systemBefore } || system <= systemBefore)
        {
            return null;
        }

        // Engines that do not name the number of processors list the use of each.
        var processors = now.Online is > 0 and var online ? online : Math.Max(1, use.PerCpu?.Count ?? 1);
        var used = use.Total > useBefore.Total ? use.Total - useBefore.Total : 0;
        return (double)used / (system - systemBefore) * processors * 100;
    }

    // The two versions of the kernel's control groups name the cache differently.
    private static long Memory(StatisticsBody.Memory? memory)
    {
        var use = memory?.Use ?? 0;
        var details = memory?.Details;
        ulong cache = 0;
        _ = details is not null && (details.TryGetValue("total_inactive_file", out cache) || details.TryGetValue("inactive_file", out cache));
        return Clamp(cache < use ? use - cache : use);
    }

    private static long Blocks(StatisticsBody body, string operation) =>
        (body.BlockUse?.Entries ?? [])
        .Where(entry => string.Equals(entry.Operation, operation, StringComparison.OrdinalIgnoreCase))
        .Sum(entry => Clamp(entry.Value));

    private static long Clamp(ulong? value) => (long)Math.Min(value ?? 0, long.MaxValue / 1024);
}
