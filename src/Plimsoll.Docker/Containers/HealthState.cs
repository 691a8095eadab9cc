using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <summary>
/// The state of a container's health check. The output is that of the newest check, cut by the engine to 4096 bytes; null before the first.
/// </summary>
public sealed record HealthState(HealthStatus Status, int FailingStreak, string? LastOutput)
{
    internal static HealthState? From(JsonObject? health) => health is null ? null : new HealthState(
        health.Text("Status") switch
        {
            "starting" => HealthStatus.Starting,
            "healthy" => HealthStatus.Healthy,
            "unhealthy" => HealthStatus.Unhealthy,
            _ => HealthStatus.None,
        },
        (int)(health.Number("FailingStreak") ?? 0),
        health.List("Log") is [.., { } last] ? last.Text("Output") : null);
}
