using System.Diagnostics.CodeAnalysis;

namespace Plimsoll.Edge;

/// <summary>
/// Says for each request which instance gets it, and counts it there in the same breath. The table changes by one assignment;
/// requests that are under way stay where they are.
/// </summary>
/// <remarks>
/// The order in <see cref="Apply"/> carries the promise: first the new snapshot is published, then what it dropped is closed.
/// A request that still holds the old snapshot either gets counted before the close, and a drain waits for it, or finds the door shut
/// and looks again, where the new snapshot is already waiting.
/// </remarks>
internal sealed class Router(EdgeOptions options, AddressProof? proof, TimeProvider time, ILogger<Router> logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Destination> _leaving = [];
    private volatile RoutingSnapshot _snapshot = RoutingSnapshot.None;
    private bool _isDisposed;

    public RouteTable Current => _snapshot.Table;

    /// <summary>
    /// Replaces all routes at once. Destinations still named keep their counts and connections; others let nobody in any more and
    /// are gone with their last request.
    /// </summary>
    public void Apply(IReadOnlyCollection<Route> routes)
    {
        var table = RouteTable.Build(routes);
        RoutingSnapshot before;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            before = _snapshot;
            _snapshot = RoutingSnapshot.Build(table, before, NewDestination);
            ForgetDropped_NeedsLock(before);
        }

        Tell(before.Table, table);
    }

    /// <summary>Chooses a destination for the host and counts the request on it, or says no. Dispose the request when it is over.</summary>
    public bool TryEnter(string host, [NotNullWhen(true)] out RoutedRequest? request) => Enter(host, out request) == Entry.Entered;

    /// <summary>As <see cref="TryEnter"/>, with the reason when it is no.</summary>
    public Entry Enter(string host, out RoutedRequest? request)
    {
        request = null;
        while (true)
        {
            var snapshot = _snapshot;
            if (!snapshot.IsApplied)
            {
                return Entry.NotReady;
            }

            var route = snapshot.Table.Find(host);
            if (route is null)
            {
                return Entry.UnknownHost;
            }

            if (!snapshot.TryFindDestination(route, out var destination))
            {
                return Entry.NotVerified;
            }

            // A closed destination means that a newer snapshot is out, so every turn of this loop is paid for by an Apply.
            if (destination.TryEnter())
            {
                request = new RoutedRequest(route, destination);
                return Entry.Entered;
            }
        }
    }

    /// <summary>Requests that are on the instance now, at whatever address.</summary>
    public int InFlight(string instanceId)
    {
        lock (_gate)
        {
            return _snapshot.Destinations.Concat(_leaving)
                .Where(destination => destination.Key.InstanceId == instanceId)
                .Sum(destination => destination.InFlight);
        }
    }

    /// <inheritdoc cref="DrainAsync(string, TimeSpan, bool, CancellationToken)"/>
    public Task<DrainOutcome> DrainAsync(string instanceId, TimeSpan limit, CancellationToken cancellationToken) =>
        DrainAsync(instanceId, limit, closeLongLived: false, cancellationToken);

    /// <summary>
    /// Waits until the last request has left an instance that has no route any more, at most as long as the limit; whoever is still there
    /// then is aborted. Holds nothing while it waits: other drains and <see cref="Apply"/> go on. An instance that is not known is empty.
    /// Cancelling stops the waiting only; the instance stays closed and may be drained again.
    /// </summary>
    /// <param name="closeLongLived">Whether WebSockets and event streams are closed at once instead of being waited for. They do not count as cut.</param>
    /// <exception cref="InvalidOperationException">The instance has a route, still or again, so it is not safe to stop.</exception>
    public async Task<DrainOutcome> DrainAsync(string instanceId, TimeSpan limit, bool closeLongLived, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();

        // Looked up again each time: an instance that came back for a moment leaves a second set of requests behind.
        while (FindLeaving(instanceId) is { Length: > 0 } leaving)
        {
            if (closeLongLived)
            {
                await CloseLongLivedAsync(instanceId, leaving);
            }

            try
            {
                await Task.WhenAll(leaving.Select(destination => destination.Emptied)).WaitAsync(Rest(limit, began), time, cancellationToken);
            }
            catch (TimeoutException)
            {
                return await CutAsync(instanceId, limit);
            }
        }

        return DrainOutcome.Empty;
    }

    /// <summary>Lets nobody in any more and aborts whoever is still there.</summary>
    public async ValueTask DisposeAsync()
    {
        Destination[] leaving;
        lock (_gate)
        {
            _isDisposed = true;
            var before = _snapshot;
            _snapshot = RoutingSnapshot.None;
            ForgetDropped_NeedsLock(before);
            leaving = [.. _leaving];
        }

        await Task.WhenAll(leaving.Select(destination => destination.CutAsync()));
    }

    private Destination NewDestination(DestinationKey key) => new(key, options.ConnectTimeout, proof?.ConnectionsOf(key), time);

    private void ForgetDropped_NeedsLock(RoutingSnapshot before)
    {
        foreach (var dropped in before.Destinations.Where(destination => !_snapshot.Has(destination)))
        {
            dropped.Close();
            _leaving.Add(dropped);
        }

        _leaving.RemoveAll(destination => destination.Emptied.IsCompleted);
    }

    private TimeSpan Rest(TimeSpan limit, long began)
    {
        var rest = limit - time.GetElapsedTime(began);
        return limit == Timeout.InfiniteTimeSpan ? limit
            : rest > TimeSpan.Zero ? rest
            : TimeSpan.Zero;
    }

    private async Task CloseLongLivedAsync(string instanceId, Destination[] leaving)
    {
        var closed = (await Task.WhenAll(leaving.Select(destination => destination.CutLongLivedAsync()))).Sum();
        if (closed > 0)
        {
            logger.LongLivedClosed(closed, instanceId);
        }
    }

    private async Task<DrainOutcome> CutAsync(string instanceId, TimeSpan limit)
    {
        var open = await Task.WhenAll(FindLeaving(instanceId).Select(destination => destination.CutAsync()));
        var outcome = DrainOutcome.Cut(open.Sum());
        if (outcome.WasCut)
        {
            logger.DrainCut(instanceId, limit, outcome.RequestsCut);
        }

        return outcome;
    }

    private Destination[] FindLeaving(string instanceId)
    {
        lock (_gate)
        {
            return _snapshot.Serves(instanceId)
                ? throw new InvalidOperationException($"Instance '{instanceId}' has a route; take its routes away before draining it.")
                : [.. _leaving.Where(destination => destination.Key.InstanceId == instanceId && !destination.Emptied.IsCompleted)];
        }
    }

    private void Tell(RouteTable before, RouteTable after)
    {
        foreach (var conflict in after.Conflicts.Except(before.Conflicts))
        {
            logger.HostAskedForTwice(conflict.Kept.Host, conflict.Kept.Project, conflict.Kept.Stage, conflict.LeftOut.Project, conflict.LeftOut.Stage);
        }

        foreach (var gone in before.Routes.Where(route => after.Find(route.Host) is null))
        {
            logger.RouteGone(gone.Host);
        }

        foreach (var route in after.Routes.Where(route => before.Find(route.Host) != route))
        {
            if (route.Address is null)
            {
                logger.RouteWaits(route.Host, route.InstanceId, route.Project, route.Stage);
            }
            else
            {
                logger.RouteChanged(route.Host, route.InstanceId, route.Project, route.Stage);
            }
        }
    }
}
