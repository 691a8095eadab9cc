using System.Net;
using System.Net.Sockets;
using Plimsoll.Registry;

namespace Plimsoll.Tests.Registry;

/// <summary>Clients and references for a server on this machine.</summary>
internal static class Clients
{
    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static RegistryClient New(RegistryClientOptions? options = null, TimeProvider? time = null) =>
        new(options ?? new RegistryClientOptions(), time ?? TimeProvider.System);

    public static ImageReference Image(this RegistryDouble registry, string rest = "team/app:1") => ImageReference.Parse($"{registry.Host}/{rest}");

    /// <summary>Options under which every name leads to this machine: a name and port become the port of a server here.</summary>
    public static RegistryClientOptions WithNames(params (string Name, RegistryDouble Server)[] names) => new()
    {
        ConfigureHandler = handler =>
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
            handler.ConnectCallback = async (context, cancellationToken) =>
            {
                var wanted = $"{context.DnsEndPoint.Host}:{context.DnsEndPoint.Port}";
                var server = names.FirstOrDefault(name => name.Name == wanted).Server ?? throw new SocketException((int)SocketError.ConnectionRefused);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(IPAddress.Loopback, server.Port, cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            };
        },
    };

    public static async Task<List<string>> ToListAsync(this IAsyncEnumerable<string> items)
    {
        var list = new List<string>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }
}
