using Plimsoll.Docker;

namespace Plimsoll.Deployments.Api;

/// <summary>What the engine says of this Plimsoll's containers, by instance, in one call.</summary>
internal sealed class ContainerStatuses(DockerEngine engine, Installation installation)
{
    /// <returns>Null while the engine cannot be asked: "unknown" is the truth then.</returns>
    public async Task<IReadOnlyDictionary<string, ContainerSummary>?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var containers = await engine.Containers.ListAsync(
                new ContainerFilter { Labels = [installation.Label], IncludeStopped = true }, cancellationToken);
            return containers
                .Where(container => container.Labels.ContainsKey(Labels.Instance))
                .GroupBy(container => container.Labels[Labels.Instance], StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        }
        catch (DockerException)
        {
            return null;
        }
    }
}
