namespace Plimsoll.Registry.Transport;

/// <summary>The time one request has, from its first byte to the last of its answer's body.</summary>
internal sealed class RequestDeadline : IDisposable
{
    private readonly CancellationTokenSource timer;
    private readonly CancellationTokenSource linked;

    public RequestDeadline(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        Limit = limit;
        Caller = cancellationToken;
        timer = new CancellationTokenSource(limit, time);
        linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
    }

    public TimeSpan Limit { get; }

    /// <summary>The caller's own token: only its cancellation is a cancellation, all else is a time-out.</summary>
    public CancellationToken Caller { get; }

    public CancellationToken Token => linked.Token;

    public void Dispose()
    {
        linked.Dispose();
        timer.Dispose();
    }
}
