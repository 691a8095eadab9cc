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
    private volatile bool _engineIsAway;

    /// <summary>Since the engine's events were cut off, and until the routes have been compared with it again.</summary>
    public bool EngineIsAway
    {
        get => _engineIsAway;
        set => _engineIsAway = value;
    }

    public ProvenConnections ConnectionsOf(DestinationKey key) =>
        new(key, new SharedQuestion(cancellationToken => AskAsync(key, cancellationToken), () => EngineIsAway, time));

    private async Task<Occupant> AskAsync(DestinationKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await addresses.OccupantOfAsync(key, cancellationToken);
        }
        catch (DockerUnavailableException)
        {
            // Nobody is there who could have given the address away.
            return Occupant.Unknown;
        }
    }
}
