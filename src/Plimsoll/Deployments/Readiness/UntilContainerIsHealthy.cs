using Plimsoll.Docker;

namespace Plimsoll.Deployments.Readiness;

/// <summary>The image's own HEALTHCHECK says so. "unhealthy" is final: the engine has already tried as often as the image asked for.</summary>
internal sealed class UntilContainerIsHealthy : IReadinessCondition
{
    private const int LongestOutput = 300;

    public bool AppliesTo(ReadinessTarget target) => target.Container.HasHealthCheck;

    public Task<ReadinessFinding> LookAsync(ReadinessTarget target, CancellationToken cancellationToken) => Task.FromResult(Look(target));

    private static ReadinessFinding Look(ReadinessTarget target)
    {
        var health = target.Container.State.Health;
        return health?.Status switch
        {
            HealthStatus.Healthy => new ReadinessFinding.Ready(),
            HealthStatus.Unhealthy => new ReadinessFinding.Broken(DeploymentReason.Unhealthy, $"The image's own health check failed {health.FailingStreak} times in a row{Said(health.LastOutput)}."),
            _ => new ReadinessFinding.NotYet($"its own health check has not succeeded yet{Said(health?.LastOutput)}"),
        };
    }

    private static string Said(string? output)
    {
        var text = output?.Trim();
        return string.IsNullOrEmpty(text) ? "" : $" and said: {(text.Length <= LongestOutput ? text : text[..LongestOutput] + "…")}";
    }
}
