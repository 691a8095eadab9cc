namespace Plimsoll.Edge;

/// <summary>
/// Which instance answers for which host. Immutable and pure: the same routes in any order make the same table.
/// </summary>
/// <remarks>
/// A host that is asked for twice goes to the first owner by project and stage, verified or not: a name must not wander to somebody
/// else's application because its owner's container is down. Within one stage a verified route wins.
/// </remarks>
internal sealed class RouteTable
{
    private readonly Dictionary<string, Route>.AlternateLookup<ReadOnlySpan<char>> _byHost;

    private RouteTable(Dictionary<string, Route> byHost, IReadOnlyList<Route> routes, IReadOnlyList<RouteConflict> conflicts)
    {
        _byHost = byHost.GetAlternateLookup<ReadOnlySpan<char>>();
        Routes = routes;
        Conflicts = conflicts;
    }

    public static RouteTable Empty { get; } = Build([]);

    /// <summary>Every route of the table, by host.</summary>
    public IReadOnlyList<Route> Routes { get; }

    public IReadOnlyList<RouteConflict> Conflicts { get; }

    public static RouteTable Build(IEnumerable<Route> routes)
    {
        var byHost = new Dictionary<string, Route>(StringComparer.OrdinalIgnoreCase);
        var kept = new List<Route>();
        var conflicts = new List<RouteConflict>();
        foreach (var route in InOrderOfPrecedence(routes))
        {
            var host = KeyOf(route);
            if (byHost.TryAdd(host, route))
            {
                kept.Add(route);
            }
            else if (byHost[host] != route)
            {
                conflicts.Add(new RouteConflict(byHost[host], route));
            }
        }

        return new RouteTable(byHost, kept, conflicts);
    }

    /// <summary>The route for a Host header as a client sent it: any case, with or without port and trailing dot.</summary>
    public Route? Find(string host) => _byHost.TryGetValue(HostName.Of(host), out var route) ? route : null;

    private static IOrderedEnumerable<Route> InOrderOfPrecedence(IEnumerable<Route> routes) => routes
        .OrderBy(KeyOf, StringComparer.OrdinalIgnoreCase)
        .ThenBy(route => route.Project, StringComparer.Ordinal)
        .ThenBy(route => route.Stage, StringComparer.Ordinal)
        .ThenBy(route => route.Address is null)
        .ThenBy(route => route.InstanceId, StringComparer.Ordinal)
        .ThenBy(route => route.Address?.AbsoluteUri, StringComparer.Ordinal)
        .ThenBy(route => route.Host, StringComparer.Ordinal);

    private static string KeyOf(Route route)
    {
        var host = HostName.Of(route.Host);
        return host.IsEmpty
            ? throw new ArgumentException($"The route of instance '{route.InstanceId}' names no usable host: '{route.Host}'.", nameof(route))
            : host.ToString();
    }
}
