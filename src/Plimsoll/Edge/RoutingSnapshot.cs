using System.Diagnostics.CodeAnalysis;

namespace Plimsoll.Edge;

/// <summary>A route table together with the destinations its verified routes lead to. Immutable; swapped whole.</summary>
internal sealed class RoutingSnapshot
{
    private readonly Dictionary<Route, Destination> _byRoute = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<DestinationKey, Destination> _byKey = [];

    private RoutingSnapshot(RouteTable table, bool isApplied)
    {
        Table = table;
        IsApplied = isApplied;
    }

    /// <summary>Before the first routes are known, and after the last.</summary>
    public static RoutingSnapshot None { get; } = new(RouteTable.Empty, isApplied: false);

    public RouteTable Table { get; }

    public bool IsApplied { get; }

    public IReadOnlyCollection<Destination> Destinations => _byKey.Values;

    /// <summary>The next snapshot. Destinations that <paramref name="before"/> has too are the same objects: their counts and connections go on.</summary>
    public static RoutingSnapshot Build(RouteTable table, RoutingSnapshot before, Func<DestinationKey, Destination> open)
    {
        var next = new RoutingSnapshot(table, isApplied: true);
        foreach (var route in table.Routes)
        {
            if (route.Address is null)
            {
                continue;
            }

            var key = new DestinationKey(route.InstanceId, route.Address);
            if (!next._byKey.TryGetValue(key, out var destination))
            {
                destination = before._byKey.GetValueOrDefault(key) ?? open(key);
                next._byKey.Add(key, destination);
            }

            next._byRoute.Add(route, destination);
        }

        return next;
    }

    public bool TryFindDestination(Route route, [NotNullWhen(true)] out Destination? destination) => _byRoute.TryGetValue(route, out destination);

    public bool Has(Destination destination) => _byKey.TryGetValue(destination.Key, out var own) && ReferenceEquals(own, destination);

    public bool Serves(string instanceId) => _byKey.Keys.Any(key => key.InstanceId == instanceId);
}
