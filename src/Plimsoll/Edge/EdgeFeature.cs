using Plimsoll.Deployments;
using Plimsoll.Edge.Api;

namespace Plimsoll.Edge;

/// <summary>
/// Route: <see cref="RouteKeeper"/> keeps the record, <see cref="Router"/> the table, <see cref="EdgeServer"/> takes the traffic,
/// and <see cref="TrafficKeeper"/> holds it back where a person says so.
/// </summary>
internal static class EdgeFeature
{
    /// <summary>Starts and stops the proxy with the program. Needs a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddEdge(this IServiceCollection services, EdgeOptions options) => services
        .AddSingleton(options)
        .AddSingleton<Router>()
        .AddSingleton<RouteStore>()
        .AddSingleton<ContainerAddresses>()
        .AddSingleton<AddressProof>()
        .AddSingleton<RouteKeeper>()
        .AddSingleton<ITrafficSwitch>(provider => provider.GetRequiredService<RouteKeeper>())
        .AddSingleton<StageGates>()
        .AddSingleton<TrafficKeeper>()
        .AddSingleton<EdgeServer>()
        .AddHostedService<RouteWatch>()
        .AddHostedService(provider => provider.GetRequiredService<EdgeServer>())
        .ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, EdgeJson.Default));

    public static IEndpointRouteBuilder MapEdge(this IEndpointRouteBuilder routes)
    {
        routes.MapTraffic();
        return routes;
    }
}
