using Plimsoll.Deployments.ByHand;
using Plimsoll.Docker;

namespace Plimsoll.Deployments.Recovery;

/// <summary>
/// Compares the live and kept instances with the engine: what stands still is started, a live one that is gone is
/// deployed again. Looks only at containers that this Plimsoll made (invariant 6).
/// </summary>
internal sealed class InstanceRecovery(
    DockerEngine engine, Installation installation, InstanceStore instances, DeploymentStore deployments, DeploymentContexts contexts, RecoveryJournal journal)
{
    /// <param name="seenTo">Instances that were looked at since the start or the last outage; each is looked at once.</param>
    /// <returns>Whether some have to wait, because a deployment is at work on them.</returns>
    public async Task<bool> RecoverAsync(ISet<string> seenTo, CancellationToken cancellationToken)
    {
        var containers = (await ListAsync([], cancellationToken))
            .ToLookup(container => container.Labels.GetValueOrDefault(Labels.Instance, ""), StringComparer.Ordinal);
        var someWait = false;
        foreach (var instance in instances.All().Where(instance => (instance.Standing is Standing.Live or Standing.Kept) && !seenTo.Contains(instance.Id)))
        {
            if (await SeeToAsync(instance, containers[instance.Id].FirstOrDefault(), cancellationToken))
            {
                seenTo.Add(instance.Id);
            }
            else
            {
                someWait = true;
            }
        }

        return someWait;
    }

    /// <returns>False: not now.</returns>
    private async Task<bool> SeeToAsync(Instance instance, ContainerSummary? container, CancellationToken cancellationToken)
    {
        if (instances.Find(instance.Id) is not { Wish: Wish.None })
        {
            // A person has stopped it, or wants something else of it: that is seen to elsewhere.
            return true;
        }

        if (deployments.Find(instance.Id) is not { } deployment || contexts.For(deployment) is not { } made)
        {
            return true;
        }

        if (!deployment.IsTerminal)
        {
            // The deployment that made it is still at work on it.
            return false;
        }

        switch (container)
        {
            // Paused is a person's wish, and "restarting" the engine's own work.
            case { State: "exited" or "created" }:
                await StartAsync(made, container, cancellationToken);
                return true;

            // Asked again, because the list is older than the instance's standing.
            case null when instance.Standing == Standing.Live && (await ListAsync([$"{Labels.Instance}={instance.Id}"], cancellationToken)).Count == 0:
                return await journal.RedeployAsync(made, cancellationToken);

            default:
                return true;
        }
    }

    private async Task StartAsync(DeploymentContext made, ContainerSummary container, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Containers.StartAsync(container.Id, cancellationToken);
        }
        catch (DockerException problem) when (problem is not DockerUnavailableException)
        {
            await journal.SayNotStartedAsync(made, problem.Message, cancellationToken);
            return;
        }

        await journal.SayStartedAsync(made, cancellationToken);
    }

    private Task<IReadOnlyList<ContainerSummary>> ListAsync(IEnumerable<string> labels, CancellationToken cancellationToken) =>
        engine.Containers.ListAsync(new ContainerFilter { Labels = [installation.Label, .. labels], IncludeStopped = true }, cancellationToken);
}
