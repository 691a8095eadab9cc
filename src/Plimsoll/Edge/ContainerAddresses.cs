using Plimsoll.Deployments;
using Plimsoll.Docker;

namespace Plimsoll.Edge;

/// <summary>Where this Plimsoll's running containers are, by instance: one question to the engine for all of them.</summary>
internal sealed class ContainerAddresses(DockerEngine engine, Installation installation)
{
    /// <remarks>
    /// The container is found by its label, never by an address that was true once: after a reboot the engine deals the
    /// addresses out anew, and yesterday's address may be somebody else's today.
    /// </remarks>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(string network, CancellationToken cancellationToken)
    {
        var containers = await engine.Containers.ListAsync(
            new ContainerFilter { Labels = [$"{Labels.Installation}={installation.Id}"], IncludeStopped = false }, cancellationToken);
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var container in containers)
        {
            if (container.State == "running"
                && container.Labels.TryGetValue(Labels.Instance, out var instance)
                && container.Addresses.TryGetValue(network, out var address)
                && address.Length > 0)
            {
                addresses[instance] = address;
            }
        }

        return addresses;
    }
}
