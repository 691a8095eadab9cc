using Plimsoll.Docker;

namespace Plimsoll.Deployments;

/// <summary>
/// At start: containers that this Plimsoll made and that no instance in the store accounts for are removed, and
/// instances that were to be retired are. Containers of other Plimsolls and of other people are never touched (invariant 6).
/// </summary>
internal sealed partial class Leftovers(
    DockerEngine engine,
    InstanceStore instances,
    DeploymentStore deployments,
    DeploymentJournal journal,
    Installation installation,
    ILogger<Leftovers> log)
{
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        // The engine first: an instance that is written after this look cannot have its container in the list yet.
        var containers = await engine.Containers.ListAsync(
            new ContainerFilter { Labels = [installation.Label], IncludeStopped = true }, cancellationToken);
        var known = instances.All().ToDictionary(instance => instance.Id, StringComparer.Ordinal);
        var released = instances.Released();
        var busy = deployments.StagesWithWork().ToHashSet();
        foreach (var container in containers)
        {
            var id = container.Labels.GetValueOrDefault(Labels.Instance, "");
            var isRetired = known.TryGetValue(id, out var instance) && instance.Standing == Standing.Retiring && !busy.Contains(instance.StageId);
            if ((known.ContainsKey(id) && !isRetired) || released.Contains(id))
            {
                continue;
            }

            LogRemoving(log, container.Name);
            await engine.Containers.StopAsync(container.Id, null, cancellationToken);
            await engine.Containers.RemoveAsync(container.Id, force: true, removeAnonymousVolumes: true, cancellationToken);
            if (isRetired)
            {
                await journal.ForgetInstanceAsync(id, cancellationToken);
            }
        }
    }

    [LoggerMessage(520, LogLevel.Information, "Removing the container {Name}, left over from an earlier deployment.")]
    private static partial void LogRemoving(ILogger log, string name);
}
