using Plimsoll.Apps;
using Plimsoll.Plumbing;

namespace Plimsoll.Edge;

/// <summary>
/// Holds the new requests of one stage back. A request that waits looks again at every change: a longer pause keeps it, maintenance
/// turns it away, and opening lets it go on, also when the stage is paused anew a moment later.
/// </summary>
internal sealed class StageGate(HeldStage held, int mostWaiting, TimeProvider time)
{
    // A wall clock can be set back by years, a timer takes seven weeks at most.
    private static readonly TimeSpan _longestLook = TimeSpan.FromHours(1);
    private readonly ChangeSignal _changed = new();
    private volatile HeldStage? _held = held;
    private volatile int _mostWaiting = mostWaiting;
    private int _waiting;

    /// <summary>Requests that wait here now.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public void Hold(HeldStage held, int mostWaiting)
    {
        _mostWaiting = mostWaiting;
        _held = held;
        _changed.Notify();
    }

    /// <summary>For good: a stage that is held again gets a new gate.</summary>
    public void Open()
    {
        _held = null;
        _changed.Notify();
    }

    /// <summary>Answers at once when it can, otherwise when the gate opens or the time is over.</summary>
    /// <param name="givenUp">The request has nobody any more who waits for it.</param>
    public async Task<Passage> PassAsync(CancellationToken givenUp)
    {
        if (Look(out _) is { } atOnce)
        {
            return atOnce;
        }

        try
        {
            return Interlocked.Increment(ref _waiting) > _mostWaiting ? new Passage(PassageKind.QueueFull) : await WaitAsync(givenUp);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<Passage> WaitAsync(CancellationToken givenUp)
    {
        while (true)
        {
            var change = _changed.Next;
            if (Look(out var rest) is { } passage)
            {
                return passage;
            }

            // A thousand requests may end here in the same moment: the end of the wait must not be an exception for each.
            await change.WaitAsync(rest, time, givenUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (givenUp.IsCancellationRequested)
            {
                return new Passage(PassageKind.GivenUp);
            }
        }
    }

    /// <returns>Null: wait, at most for <paramref name="rest"/>.</returns>
    private Passage? Look(out TimeSpan rest)
    {
        rest = TimeSpan.Zero;
        var held = _held;
        switch (held?.Traffic)
        {
            case null:
                return new Passage(PassageKind.Through);
            case StageTraffic.Maintenance:
                return new Passage(PassageKind.Maintenance, held.Message);
            case StageTraffic.Paused:
                var left = held.Until is { } until ? until - time.GetUtcNow() : TimeSpan.Zero;
                rest = left < _longestLook ? left : _longestLook;
                return left > TimeSpan.Zero ? null : new Passage(PassageKind.TimeOver);
            default:
                throw new InvalidOperationException($"A stage that is {held.Traffic} has no gate.");
        }
    }
}
