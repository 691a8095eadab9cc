namespace Plimsoll.Deployments.Readiness;

/// <summary>
/// The container runs. An image that has neither a health check nor a port can prove itself in no other way than by
/// staying up for a while.
/// </summary>
internal sealed class UntilContainerStaysUp(TimeProvider time) : IReadinessCondition
{
    public static readonly TimeSpan AsOnlyProof = TimeSpan.FromSeconds(5);

    /// <summary>
    /// An engine that shuts down stops its containers first and answers questions a little longer. A container that
    /// ended as a stopped one does is therefore blamed only when the engine is still there after this time.
    /// </summary>
    public static readonly TimeSpan BeforeBlame = TimeSpan.FromSeconds(3);

    public bool AsksTheCandidate => false;

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

        if (state.ExitCode is 0 or ExitCode.Killed or ExitCode.Terminated && !state.OutOfMemoryKilled && state.FinishedAt is { } finished && time.GetUtcNow() - finished < BeforeBlame)
        {
            return new ReadinessFinding.NotYet("it has just been stopped");
        }

        var why = state.OutOfMemoryKilled
            ? $"{(state.ExitCode == ExitCode.Killed ? "it" : "a process of it")} was killed because it used more memory than it may (exit code {state.ExitCode})"
            : $"it ended with exit code {ExitCode.Told(state.ExitCode)}{(state.Error.Length > 0 ? $" ({state.Error})" : "")}";
        return new ReadinessFinding.Broken(DeploymentReason.ContainerExited, $"The new container did not stay up: {why}.");
    }
}
