using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Plimsoll.EngineTests.Docker;

/// <summary>A socket that leads to the engine and can be cut, so that the real engine is lost in the middle of something.</summary>
internal sealed class SocketRelay : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plimsoll-relay-");
    private readonly ConcurrentBag<Socket> _open = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Task _accepting;
    private volatile bool _isCut;

    public SocketRelay()
    {
        _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    public string SocketPath => Path.Combine(_folder.FullName, "docker.sock");

    public string Address => $"unix://{SocketPath}";

    /// <summary>Breaks all connections, and each new one at once, until it is mended.</summary>
    public void Cut()
    {
        _isCut = true;
        while (_open.TryTake(out var socket))
        {
            socket.Dispose();
        }
    }

    public void Mend() => _isCut = false;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Cut();
        await _accepting;
        _listener.Dispose();
        _end.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        try
        {
            await using var source = new NetworkStream(from);
            await using var target = new NetworkStream(to);
            await source.CopyToAsync(target);
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // Cut, or closed by one of the two.
            from.Dispose();
            to.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        var copies = new List<Task>();
        try
        {
            while (true)
            {
                var near = await _listener.AcceptAsync(_end.Token);
                if (_isCut)
                {
                    near.Dispose();
                    continue;
                }

                var far = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await far.ConnectAsync(new UnixDomainSocketEndPoint(TestEngine.Endpoint.SocketPath!), _end.Token);
                _open.Add(near);
                _open.Add(far);
                copies.Add(CopyAsync(near, far));
                copies.Add(CopyAsync(far, near));
            }
        }
        catch (OperationCanceledException)
        {
            Cut();
            await Task.WhenAll(copies);
        }
    }
}
