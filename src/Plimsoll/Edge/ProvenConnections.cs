using System.Net;
using System.Net.Sockets;

namespace Plimsoll.Edge;

/// <summary>Opens the connections of one destination and hands out only those that lead to its container.</summary>
/// <param name="ask">Asks the engine who has the address.</param>
internal sealed class ProvenConnections(DestinationKey key, Func<CancellationToken, Task<Occupant>> ask)
{
    private readonly Lock _gate = new();
    private Task<Occupant> _running = Task.FromResult(Occupant.Unknown);
    private Task<Occupant>? _next;
    private volatile Occupant _last = Occupant.Unknown;

    /// <exception cref="HttpRequestException">Nobody answers there, or somebody else does.</exception>
    public async ValueTask<Stream> OpenAsync(EndPoint address, CancellationToken cancellationToken)
    {
        var before = _last.Stamp is null ? await AskAsync(cancellationToken) : _last;
        while (true)
        {
            var stream = await ConnectAsync(address, cancellationToken);
            try
            {
                var after = await AskAsync(cancellationToken);
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

    /// <summary>
    /// The answer to a question that is asked after this call. Connections that are opened at the same time share one, so
    /// however many there are, at most one question at a time is on its way.
    /// </summary>
    private Task<Occupant> AskAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _next ??= AskAfterAsync(_running);
            return _next.WaitAsync(cancellationToken);
        }
    }

    private async Task<Occupant> AskAfterAsync(Task<Occupant> earlier)
    {
        await Task.Yield();
        await ((Task)earlier).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_gate)
        {
            _running = _next!;
            _next = null;
        }

        // The question is everybody's: the first caller's leaving must not end it for the others. It has a limit of its own.
        _last = await ask(CancellationToken.None);
        return _last;
    }
}
