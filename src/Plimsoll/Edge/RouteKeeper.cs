using Plimsoll.Apps;
using Plimsoll.Deployments;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Edge;

/// <summary>Keeps the built-in router in agreement with the record of routes and with where the containers really are.</summary>
internal sealed class RouteKeeper(RouteStore routes, Router router, ContainerAddresses addresses, SettingsStore settings, EdgeOptions options) : ITrafficSwitch, IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    /// <summary>Whether the routes of before the start have been compared with the engine.</summary>
    public bool HasVerified { get; private set; }

    public void Record(WriteScope scope, TrafficChange change) => routes.Record(scope, change);

    public void Withdraw(WriteScope scope, IReadOnlyCollection<string> instanceIds) => RouteStore.Withdraw(scope, instanceIds);

    /// <summary>
    /// Reads the record first and the engine second: a switch that is recorded in between is applied by its own call,
    /// which waits for this one. The other way round this one could apply a new route with an old list of containers.
    /// </summary>
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var recorded = routes.All();
            var known = await addresses.ReadAsync(settings.Read().Network, cancellationToken);
            router.Apply([.. recorded.Select(route => new Route(
                route.Host,
                route.InstanceId,
                !route.IsHeld && known.TryGetValue(route.InstanceId, out var address) ? new UriBuilder(Uri.UriSchemeHttp, address, route.Port).Uri : null,
                route.Project,
                route.Stage,
                route.StageId))]);
            HasVerified = true;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Serves the recorded hosts with "not verified yet" until the engine has been asked.</summary>
    public void ApplyUnverified() =>
        router.Apply([.. routes.All().Select(route => new Route(route.Host, route.InstanceId, null, route.Project, route.Stage, route.StageId))]);

    public bool Serves(long stageId, string instanceId)
    {
        var ofStage = routes.All().Where(route => route.StageId == stageId && route.InstanceId == instanceId).ToList();
        // An instance without a port has no route; for it the record alone is the truth.
        return ofStage.All(route => router.Current.Find(route.Host) is { Address: not null } current && current.InstanceId == instanceId);
    }

    public IReadOnlyList<string> AddressesOf(string instanceId) =>
        [.. router.Current.Routes.Where(route => route.InstanceId == instanceId).Select(route => AddressOf(route.Host))];

    public string AddressOf(string host) => options.Listen.IsDefaultPort ? $"http://{host}" : $"http://{host}:{options.Listen.Port}";

    public async Task<int> DrainAsync(string instanceId, TimeSpan limit, CancellationToken cancellationToken) =>
        (await router.DrainAsync(instanceId, limit, settings.Read().LongLived == LongLivedPolicies.Close, cancellationToken)).RequestsCut;

    public void Dispose() => _oneAtATime.Dispose();
}
