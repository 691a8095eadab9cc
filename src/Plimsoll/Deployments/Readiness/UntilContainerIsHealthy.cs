using Plimsoll.Docker;

namespace Plimsoll.Deployments.Readiness;

/// <summary>
/// The image's own HEALTHCHECK says so. "unhealthy" is final: the engine has already tried as often as the image asked for.
/// Only in a start period that the project gives it is it not.
/// </summary>
internal sealed class UntilContainerIsHealthy(TimeProvider time) : IReadinessCondition
{
    private const int LongestOutput = 300;

    public bool AsksTheCandidate => false;

    public bool AppliesTo(ReadinessTarget target) => target.Container.HasHealthCheck;

    public Task<ReadinessFinding> LookAsync(ReadinessTarget target, CancellationToken cancellationToken) => Task.FromResult(Look(target));

    private ReadinessFinding Look(ReadinessTarget target)
    {
        var health = target.Container.State.Health;
        var output = target.Hidden.Quote(health?.LastOutput ?? "", LongestOutput);
        var said = output.Length == 0 ? "" : $" and said: {output}";
        var probe = output.Length == 0 ? null : $"its own health check said: {output}";
        return health?.Status switch
        {
            HealthStatus.Healthy => new ReadinessFinding.Ready { Probe = probe },
            HealthStatus.Unhealthy when !IsStarting(target) =>
                new ReadinessFinding.Broken(DeploymentReason.Unhealthy, $"The image's own health check failed {health.FailingStreak} times in a row{said}.") { Probe = probe },
            _ => new ReadinessFinding.NotYet($"its own health check has not succeeded yet{said}") { Probe = probe },
        };
    }

    private bool IsStarting(ReadinessTarget target) =>
        target.Proof.StartSeconds is { } seconds
        && target.Container.State.StartedAt is { } started
        && time.GetUtcNow() - started < TimeSpan.FromSeconds(seconds);
}
