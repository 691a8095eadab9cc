using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Plimsoll.Docker;

/// <summary>Opens one connection to the engine: unix socket, TCP, or TCP with TLS.</summary>
internal sealed class EngineDialer(DockerEndpoint endpoint)
{
    public async ValueTask<Stream> DialAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = endpoint.SocketPath is null
            ? new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(Target(), cancellationToken);
            if (endpoint.SocketPath is null)
            {
                KeepAlive(socket);
            }

            var stream = new NetworkStream(socket, ownsSocket: true);
            return endpoint.UsesTls ? await EncryptAsync(stream, cancellationToken) : stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // A stream of events may be silent for hours. Without this a host that vanished would never be noticed.
    private static void KeepAlive(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 30);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }

    private EndPoint Target() => endpoint.SocketPath is { } path
        ? new UnixDomainSocketEndPoint(path)
        : new DnsEndPoint(endpoint.Host!, endpoint.Port);

    private async Task<Stream> EncryptAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var encrypted = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            var options = EngineCertificates.For(endpoint);
            await encrypted.AuthenticateAsClientAsync(options, cancellationToken);
            return encrypted;
        }
        catch
        {
            await encrypted.DisposeAsync();
            throw;
        }
    }
}
