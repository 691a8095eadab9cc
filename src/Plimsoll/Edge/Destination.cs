namespace Plimsoll.Edge;

/// <summary>
/// One instance at one address: its connections and the count of the requests that are on it. Once closed it never lets anybody in again,
/// and its connections go with its last request, so that a later container at the same address never meets them.
/// </summary>
internal sealed class Destination(DestinationKey key, TimeSpan connectTimeout, ProvenConnections? connections, TimeProvider time)
{
    private const long Closed = 1L << 62;
    private static readonly TimeSpan _quietBetweenFailures = TimeSpan.FromSeconds(10);

    // No WaitHandle and no timer: it needs no disposal, and a request that is just leaving may still look at its token.
    private readonly CancellationTokenSource _cut = new();
    private readonly CancellationTokenSource _longLivedCut = new();
    private readonly TaskCompletionSource _emptied = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // "Closed" and the count live in one word. That is the whole proof: nobody can be counted after the flag is set,
    // so "closed and zero" is reached exactly once and stays.
    private long _state;
    private int _longLived;
    private long _lastFailureTold = long.MinValue;

    public DestinationKey Key { get; } = key;

    /// <summary>Scheme, address and port, as the forwarder wants it: without a path.</summary>
    public string Prefix { get; } = key.Address.GetLeftPart(UriPartial.Authority);

    public HttpMessageInvoker Client { get; } = DestinationClient.Open(connectTimeout, connections);

    /// <summary>Fires when the drain's limit is over: whoever is still here has to go.</summary>
    public CancellationToken Cut => _cut.Token;

    /// <summary>Fires when WebSockets and event streams have to go, which may be long before <see cref="Cut"/>.</summary>
    public CancellationToken LongLivedCut => _longLivedCut.Token;

    /// <summary>Done when the destination is closed and its last request is over.</summary>
    public Task Emptied => _emptied.Task;

    public int InFlight => (int)(Interlocked.Read(ref _state) & ~Closed);

    /// <summary>Counts a request in, or says that the destination is closed.</summary>
    public bool TryEnter()
    {
        var seen = Volatile.Read(ref _state);
        while ((seen & Closed) == 0)
        {
            var before = Interlocked.CompareExchange(ref _state, seen + 1, seen);
            if (before == seen)
            {
                return true;
            }

            seen = before;
        }

        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _state) == Closed)
        {
            Finish();
        }
    }

    /// <summary>Lets nobody in any more. Safe to repeat.</summary>
    public void Close()
    {
        if (Interlocked.Or(ref _state, Closed) == 0)
        {
            Finish();
        }
    }

    /// <summary>Aborts whoever is still here and says how many they were.</summary>
    public async Task<int> CutAsync()
    {
        var open = InFlight;
        await _cut.CancelAsync();
        return open;
    }

    /// <summary>Notes that one of the requests in here has become a WebSocket or an event stream.</summary>
    public void EnterLongLived() => Interlocked.Increment(ref _longLived);

    public void LeaveLongLived() => Interlocked.Decrement(ref _longLived);

    /// <summary>Closes WebSockets and event streams, also those that a request under way is still to become, and says how many are open now.</summary>
    public async Task<int> CutLongLivedAsync()
    {
        var open = _longLivedCut.IsCancellationRequested ? 0 : Volatile.Read(ref _longLived);
        await _longLivedCut.CancelAsync();
        return open;
    }

    /// <summary>Whether a failure now is worth a line in the log: one in ten seconds, not one per request.</summary>
    public bool IsFailureNews()
    {
        var now = time.GetTimestamp();
        var last = Interlocked.Read(ref _lastFailureTold);
        return (last == long.MinValue || time.GetElapsedTime(last, now) >= _quietBetweenFailures)
            && Interlocked.CompareExchange(ref _lastFailureTold, now, last) == last;
    }

    private void Finish()
    {
        Client.Dispose();
        _emptied.SetResult();
    }
}
