namespace Plimsoll.Edge;

/// <summary>A request that is counted on its destination until it is disposed.</summary>
internal sealed class RoutedRequest(Route route, Destination destination) : IDisposable
{
    private int _left;

    public Route Route { get; } = route;

    public Destination Destination { get; } = destination;

    /// <summary>Fires when the request has outlived the drain of its instance.</summary>
    public CancellationToken Cut => Destination.Cut;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
        {
            Destination.Leave();
        }
    }
}
