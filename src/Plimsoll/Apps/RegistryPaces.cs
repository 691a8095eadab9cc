using Plimsoll.Registry;

namespace Plimsoll.Apps;

/// <summary>How fast each registry may be asked: what its entry says, else what its kind does. Where several entries share a host, the slowest counts.</summary>
internal sealed class RegistryPaces(RegistryStore registries, AppsChanges changes)
{
    private readonly Lock _gate = new();
    private Dictionary<string, RegistryPace> _paces = [];
    private Task _outdated = Task.CompletedTask;

    public RegistryPace Of(string host)
    {
        lock (_gate)
        {
            if (_outdated.IsCompleted)
            {
                // The signal first: what changes while the list is read is looked at again.
                _outdated = changes.Changed.Next;
                _paces = registries.List().GroupBy(entry => entry.Host).ToDictionary(group => group.Key, group => group.Select(entry => entry.Pace).Aggregate(Slower));
            }

            return _paces.GetValueOrDefault(host) ?? RegistryTypes.OfHost(host).Pace;
        }
    }

    private static RegistryPace Slower(RegistryPace one, RegistryPace other) => new(
        Math.Min(one.Concurrency, other.Concurrency), Math.Min(one.RequestsPerSecond, other.RequestsPerSecond), Math.Min(one.Burst, other.Burst));
}
