using System.Net.Sockets;

namespace Plimsoll.EngineTests.Support;

/// <summary>
/// A name on this machine that one holder has at a time. It is an abstract unix socket: nothing on disk, the kernel frees it when
/// the holder ends however it ends, and it is seen exactly as far as ports and bridges are, within one network namespace.
/// </summary>
internal sealed class Claim : IDisposable
{
    private readonly Socket socket;

    private Claim(Socket socket) => this.socket = socket;

    public static Claim? TryTake(string name)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint("\0plimsoll-test-" + name));
            return new Claim(socket);
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            return null;
        }
    }

    public void Dispose() => socket.Dispose();
}
