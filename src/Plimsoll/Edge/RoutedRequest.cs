namespace Plimsoll.Edge;

/// <summary>A request that is counted on its destination until it is disposed.</summary>
internal sealed class RoutedRequest(Route route, Destination destination) : IDisposable
{
    private CancellationTokenRegistration _onLongLivedCut;
    private bool _isLongLived;
    private int _left;

    public Route Route { get; } = route;

    public Destination Destination { get; } = destination;

    /// <summary>Fires when the request has outlived the drain of its instance.</summary>
    public CancellationToken Cut => Destination.Cut;

    /// <summary>Whether the drain, and not the client or the instance, has ended the request.</summary>
    public bool WasCut => Cut.IsCancellationRequested || (_isLongLived && Destination.LongLivedCut.IsCancellationRequested);

    /// <summary>
    /// The request turned out to be a conversation without an end: from now on <see cref="Destination.CutLongLivedAsync"/> ends it too,
    /// at once if that has been called already.
    /// </summary>
    public void BecomeLongLived(Action abort)
    {
        _isLongLived = true;
        Destination.EnterLongLived();
        _onLongLivedCut = Destination.LongLivedCut.Register(abort);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
        {
            // Waits for an abort that is just running: after this the connection belongs to the client's next request.
            _onLongLivedCut.Dispose();
            if (_isLongLived)
            {
                Destination.LeaveLongLived();
            }

            Destination.Leave();
        }
    }
}
