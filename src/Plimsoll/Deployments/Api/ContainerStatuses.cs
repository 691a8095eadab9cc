using Plimsoll.Docker;

namespace Plimsoll.Deployments.Api;

/// <summary>What the engine says of this Plimsoll's containers, by instance, in one call.</summary>
internal sealed class ContainerStatuses(DockerEngine engine, Installation installation)
{
    /// <summary>The engine describes every container it is not asked to leave out, which takes it 0.15 ms each; with many names it spends that on comparing.</summary>
    private const int MostNames = 50;

    /// <param name="only">The instances that are of interest; null: all. Others may be among the answers.</param>
    /// <returns>Null while the engine cannot be asked: "unknown" is the truth then.</returns>
    public async Task<IReadOnlyDictionary<string, ContainerSummary>?> ReadAsync(IReadOnlyCollection<Instance>? only, CancellationToken cancellationToken)
    {
        if (only is { Count: 0 })
        {
            return new Dictionary<string, ContainerSummary>();
        }

        try
        {
            if (only is { Count: <= MostNames })
            {
                var found = await ListAsync([.. only.Select(instance => instance.ContainerName)], cancellationToken);
                // Somebody may have given a container another name; it is still ours by its label.
                if (only.All(instance => found.ContainsKey(instance.Id)))
                {
                    return found;
                }
            }

            return await ListAsync([], cancellationToken);
        }
        catch (DockerException)
        {
            return null;
        }
    }

    private async Task<Dictionary<string, ContainerSummary>> ListAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var containers = await engine.Containers.ListAsync(
            new ContainerFilter { Labels = [installation.Label], Names = names, IncludeStopped = true }, cancellationToken);
        return containers
            .Where(container => container.Labels.ContainsKey(Labels.Instance))
            .GroupBy(container => container.Labels[Labels.Instance], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
    }
}
