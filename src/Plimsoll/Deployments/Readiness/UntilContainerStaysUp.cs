namespace Plimsoll.Deployments.Readiness;

/// <summary>
/// The container runs. An image that has neither a health check nor a port can prove itself in no other way than by
/// staying up for a while.
/// </summary>
internal sealed class UntilContainerStaysUp(TimeProvider time) : IReadinessCondition
{
    public static readonly TimeSpan AsOnlyProof = TimeSpan.FromSeconds(5);

    public bool AppliesTo(ReadinessTarget target) => true;

    public Task<ReadinessFinding> LookAsync(ReadinessTarget target, CancellationToken cancellationToken) => Task.FromResult(Look(target));

    private ReadinessFinding Look(ReadinessTarget target)
    {
        var state = target.Container.State;
        if (state.Running && !state.Restarting)
        {
            var isOnlyProof = !target.Container.HasHealthCheck && target.Port == 0;
            return isOnlyProof && state.StartedAt is { } started && time.GetUtcNow() - started < AsOnlyProof
                ? new ReadinessFinding.NotYet($"it has no health check and no port, so it has to stay up for {AsOnlyProof.TotalSeconds:0} seconds")
                : new ReadinessFinding.Ready();
        }

        if (state.Status == "created")
        {
            return new ReadinessFinding.NotYet("it has not been started yet");
        }

        var why = state.OutOfMemoryKilled
            ? $"it was killed because it used more memory than it may (exit code {state.ExitCode})"
            : $"it ended with exit code {state.ExitCode}{(state.Error.Length > 0 ? $" ({state.Error})" : "")}";
        return new ReadinessFinding.Broken(DeploymentReason.ContainerExited, $"The new container did not stay up: {why}.");
    }
}
