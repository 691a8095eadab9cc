namespace Plimsoll.Inventory.Statistics;

/// <summary>What one running instance uses.</summary>
/// <param name="CpuPercent">Of one processor, so that two busy ones make 200; null: not measured yet.</param>
/// <param name="MemoryLimitBytes">Of the container, or of the whole host.</param>
public sealed record InstanceSample(string InstanceId, DateTimeOffset At, double? CpuPercent, long MemoryBytes, long MemoryLimitBytes);
