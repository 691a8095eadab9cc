namespace Plimsoll.Deployments;

/// <summary>
/// Which state may follow which. Everything up to <see cref="DeploymentState.Switching"/> can be rolled back; from the
/// moment the router serves the candidate there is only forward.
/// </summary>
internal static class DeploymentTransitions
{
    public static IReadOnlyList<DeploymentState> Next(DeploymentState state) => state switch
    {
        DeploymentState.Queued => [DeploymentState.Pulling, DeploymentState.RollingBack, DeploymentState.Superseded, DeploymentState.Cancelled],
        DeploymentState.Pulling => [DeploymentState.Starting, DeploymentState.RollingBack],
        DeploymentState.Starting => [DeploymentState.Verifying, DeploymentState.RollingBack],
        DeploymentState.Verifying => [DeploymentState.Switching, DeploymentState.RollingBack],
        // Back to verifying: the candidate stopped before traffic was moved to it, so its proof is worth nothing any more.
        DeploymentState.Switching => [DeploymentState.Draining, DeploymentState.Verifying, DeploymentState.RollingBack],
        DeploymentState.Draining => [DeploymentState.Retiring],
        DeploymentState.Retiring => [DeploymentState.Succeeded],
        DeploymentState.RollingBack => [DeploymentState.RolledBack, DeploymentState.Failed, DeploymentState.Cancelled],
        DeploymentState.Succeeded or DeploymentState.RolledBack or DeploymentState.Failed or DeploymentState.Superseded or DeploymentState.Cancelled => [],
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "There is no such state."),
    };

    public static bool IsTerminal(DeploymentState state) => Next(state).Count == 0;

    /// <summary>The name as it is stored, shown and documented: <c>rolling-back</c>.</summary>
    public static string Name(DeploymentState state) => state switch
    {
        DeploymentState.RollingBack => "rolling-back",
        DeploymentState.RolledBack => "rolled-back",
        _ => state.ToString().ToLowerInvariant(),
    };

    public static DeploymentState Parse(string name) =>
        Enum.GetValues<DeploymentState>().FirstOrDefault(state => Name(state) == name, (DeploymentState)(-1)) is var found && (int)found >= 0
            ? found
            : throw new FormatException($"The store holds the deployment state '{name}', which this Plimsoll does not know.");
}
