using System.Net;
using System.Net.Sockets;

namespace Plimsoll.Edge;

/// <summary>Opens the connections of one destination and hands out only those that lead to its container.</summary>
/// <param name="occupant">Asks the engine who has the address.</param>
internal sealed class ProvenConnections(DestinationKey key, SharedQuestion occupant)
{
    /// <exception cref="HttpRequestException">Nobody answers there, or somebody else does.</exception>
    public async ValueTask<Stream> OpenAsync(EndPoint address, CancellationToken cancellationToken)
    {
        var before = occupant.Last.Stamp is null ? await occupant.AskAsync(cancellationToken) : occupant.Last;
        while (true)
        {
            var stream = await ConnectAsync(address, cancellationToken);
            try
            {
                var after = await occupant.AskAsync(cancellationToken);
                if (!after.IsKnown || !before.IsKnown || after.Stamp == before.Stamp)
                {
                    return after == Occupant.None ? throw Moved() : stream;
                }

                if (after.Stamp is null)
                {
                    throw Moved();
                }

                // It was started anew in between: whom this connection met is not certain, whom the next one meets is.
                before = after;
            }
            catch
            {
                await stream.DisposeAsync();
                throw;
            }

            await stream.DisposeAsync();
        }
    }

    private static async Task<Stream> ConnectAsync(EndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private HttpRequestException Moved() =>
        new(HttpRequestError.ConnectionError, $"{key.Address.Authority} is not the address of instance {key.InstanceId} any more.");
}
