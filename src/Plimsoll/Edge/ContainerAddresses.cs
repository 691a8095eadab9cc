using Plimsoll.Deployments;
using Plimsoll.Docker;

namespace Plimsoll.Edge;

/// <summary>Where this Plimsoll's running containers are, by instance: one question to the engine for all of them.</summary>
internal sealed class ContainerAddresses(DockerEngine engine, Installation installation)
{
    // By instance, as of the last reading.
    private volatile IReadOnlyDictionary<string, string> _containers = new Dictionary<string, string>();

    /// <remarks>
    /// The container is found by its label, never by an address that was true once: after a reboot the engine deals the
    /// addresses out anew, and yesterday's address may be somebody else's today.
    /// </remarks>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(string network, CancellationToken cancellationToken)
    {
        var containers = await engine.Containers.ListAsync(
            new ContainerFilter { Labels = [installation.Label], IncludeStopped = false }, cancellationToken);
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var container in containers)
        {
            if (container.State == "running"
                && container.Labels.TryGetValue(Labels.Instance, out var instance)
                && Choose(container.Addresses, network) is { } address)
            {
                addresses[instance] = address;
                ids[instance] = container.Id;
            }
        }

        _containers = ids;
        return addresses;
    }

    /// <summary>Whether the instance's container, as it was last read, runs at the address now.</summary>
    public async Task<Occupant> OccupantOfAsync(DestinationKey key, CancellationToken cancellationToken)
    {
        if (!_containers.TryGetValue(key.InstanceId, out var id) || await engine.Containers.FindAsync(id, cancellationToken) is not { } container)
        {
            return Occupant.None;
        }

        var hasAddress = container.State is { Running: true, Restarting: false } && container.Networks.Values.Any(network => network.Address == key.Address.Host);
        return hasAddress ? Occupant.Of($"{id}/{container.State.StartedAt:O}") : Occupant.None;
    }

    /// <summary>Instances made before the network was changed in the settings are on the old one still, and go on serving there.</summary>
    private static string? Choose(IReadOnlyDictionary<string, string> addresses, string network) =>
        addresses.TryGetValue(network, out var preferred) && preferred.Length > 0
            ? preferred
            : addresses.Where(address => address.Value.Length > 0).OrderBy(address => address.Key, StringComparer.Ordinal).Select(address => address.Value).FirstOrDefault();
}
