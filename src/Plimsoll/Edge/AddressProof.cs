using Plimsoll.Docker;

namespace Plimsoll.Edge;

/// <summary>
/// Proves that an open connection leads to the container it is meant for. An engine gives the address of a container that
/// ended to the next one that starts, and its events tell of that only afterwards. So the engine is asked once the
/// connection is open: a container that has run without a break since before, and has the address, is who answers
/// (docs/decisions/0008).
/// </summary>
internal sealed class AddressProof(ContainerAddresses addresses, TimeProvider time)
{
    /// <summary>An engine that hangs deals out no addresses; visitors must not wait for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuietAfterSilence = TimeSpan.FromSeconds(10);

    private volatile bool _engineIsAway;
    private long _silentSince;

    /// <summary>Since the engine's events were cut off, and until the routes have been compared with it again.</summary>
    public bool EngineIsAway
    {
        get => _engineIsAway;
        set => _engineIsAway = value;
    }

    public async Task<Occupant> AskAsync(DestinationKey key, CancellationToken cancellationToken)
    {
        var silentSince = Interlocked.Read(ref _silentSince);
        if (silentSince != 0 && !EngineIsAway && time.GetElapsedTime(silentSince) < QuietAfterSilence)
        {
            return Occupant.Unknown;
        }

        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var occupant = await addresses.OccupantOfAsync(key, either.Token);
            Interlocked.Exchange(ref _silentSince, 0);
            return occupant;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // An engine that is just starting takes the question and answers late, after it has started containers.
            Interlocked.Exchange(ref _silentSince, time.GetTimestamp());
            return EngineIsAway ? Occupant.None : Occupant.Unknown;
        }
        catch (DockerUnavailableException)
        {
            // Nobody is there who could have given the address away.
            return Occupant.Unknown;
        }
    }
}
