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
                && Choose(container.Addresses, network) is { } address)
            {
                addresses[instance] = address;
            }
        }

        return addresses;
    }

    /// <summary>Instances made before the network was changed in the settings are on the old one still, and go on serving there.</summary>
    private static string? Choose(IReadOnlyDictionary<string, string> addresses, string network) =>
        addresses.TryGetValue(network, out var preferred) && preferred.Length > 0
            ? preferred
            : addresses.Where(address => address.Value.Length > 0).OrderBy(address => address.Key, StringComparer.Ordinal).Select(address => address.Value).FirstOrDefault();
}
