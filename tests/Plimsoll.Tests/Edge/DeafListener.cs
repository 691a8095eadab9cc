using System.Net;
using System.Net.Sockets;

namespace Plimsoll.Tests.Edge;

/// <summary>A port whose queue of waiting connections is full: whoever connects hears neither yes nor no.</summary>
internal sealed class DeafListener : IDisposable
{
    private readonly List<Socket> _sockets = [];

    private DeafListener(Uri address) => Address = address;

    public Uri Address { get; }

    public static DeafListener Start()
    {
        var listener = NewSocket();
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var endpoint = (IPEndPoint)listener.LocalEndPoint!;
        var deaf = new DeafListener(new Uri($"http://{endpoint}"));
        deaf._sockets.Add(listener);
        for (var i = 0; i < 4; i++)
        {
            var filler = NewSocket();
            filler.Blocking = false;
            deaf._sockets.Add(filler);
            try
            {
                filler.Connect(endpoint);
            }
            catch (SocketException busy) when (busy.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // Under way is all it needs to be: it takes a place in the queue.
            }
        }

        return deaf;
    }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
}
