using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <summary>
/// A health check for a new container, in place of its image's. Test is ["CMD", program, arguments…], ["CMD-SHELL", command] or ["NONE"].
/// What is null keeps the image's value, or else the engine's (30 s, 30 s, 0 s, 3).
/// </summary>
public sealed record HealthCheck(
    IReadOnlyList<string> Test,
    TimeSpan? Interval = null,
    TimeSpan? Timeout = null,
    TimeSpan? StartPeriod = null,
    int? Retries = null)
{
    internal JsonObject ToJson() => new()
    {
        ["Test"] = Test.ToJson(),
        ["Interval"] = Nanoseconds(Interval),
        ["Timeout"] = Nanoseconds(Timeout),
        ["StartPeriod"] = Nanoseconds(StartPeriod),
        ["Retries"] = Retries ?? 0,
    };

    private static long Nanoseconds(TimeSpan? length) => (length?.Ticks ?? 0) * TimeSpan.NanosecondsPerTick;
}
