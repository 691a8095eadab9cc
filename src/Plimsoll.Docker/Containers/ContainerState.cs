using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <summary>
/// What a container is doing. Status is one of created, running, paused, restarting, removing, exited, dead. Running is also true while
/// paused, and while restarting if the engine says so. Error is why the last start failed, empty otherwise. Health is null without a check.
/// </summary>
public sealed record ContainerState(
    string Status,
    bool Running,
    bool Restarting,
    bool Paused,
    bool Dead,
    bool OutOfMemoryKilled,
    int ExitCode,
    string Error,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    HealthState? Health)
{
    internal static ContainerState From(JsonObject? state) => new(
        state.TextOrEmpty("Status"),
        state.Flag("Running"),
        state.Flag("Restarting"),
        state.Flag("Paused"),
        state.Flag("Dead"),
        state.Flag("OOMKilled"),
        (int)(state.Number("ExitCode") ?? 0),
        state.TextOrEmpty("Error"),
        state.Time("StartedAt"),
        state.Time("FinishedAt"),
        HealthState.From(state.Object("Health")));
}
