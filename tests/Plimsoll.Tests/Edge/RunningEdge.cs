using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Edge;

namespace Plimsoll.Tests.Edge;

/// <summary>The proxy on a free loopback port, with a client that has its own connections to it.</summary>
internal sealed class RunningEdge : IAsyncDisposable
{
    public const string Host = "shop.example.com";
    private int _connections;

    private RunningEdge(EdgeOptions options)
    {
        Router = new Router(options, TimeProvider.System, NullLogger<Router>.Instance);
        Server = new EdgeServer(options, Router, NullLoggerFactory.Instance, TimeProvider.System);
        Client = new HttpClient(NewHandler()) { Timeout = TimeSpan.FromSeconds(30) };
    }

    public Router Router { get; }

    public EdgeServer Server { get; }

    public HttpClient Client { get; }

    /// <summary>Connections that <see cref="Client"/> has opened so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public Uri Address => Server.Addresses.Single();

    public static async Task<RunningEdge> StartAsync(EdgeOptions? options = null)
    {
        var edge = new RunningEdge((options ?? new EdgeOptions()) with { Listen = new Uri("http://127.0.0.1:0"), StopLimit = TimeSpan.FromSeconds(1) });
        await edge.Server.StartAsync(TestContext.Current.CancellationToken);
        return edge;
    }

    public static Route To(string instance, Uri? address, string host = Host) => new(host, instance, address, "shop", "prod");

    public static HttpRequestMessage Ask(string path = "/", string host = Host, HttpMethod? method = null) =>
        new(method ?? HttpMethod.Get, path) { Headers = { Host = host } };

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption until = HttpCompletionOption.ResponseContentRead)
    {
        request.RequestUri = new Uri(Address, request.RequestUri!);
        return Client.SendAsync(request, until, TestContext.Current.CancellationToken);
    }

    public async Task<string> GetTextAsync(string path = "/", string host = Host)
    {
        using var response = await SendAsync(Ask(path, host));
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Sends these bytes on a connection of their own and gives back all that comes until the proxy closes it.</summary>
    public async Task<string> SendRawAsync(string request)
    {
        using var socket = await ConnectAsync(Address.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        await Router.DisposeAsync();
    }

    private static async Task<Socket> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        return socket;
    }

    private SocketsHttpHandler NewHandler() => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectCallback = async (context, cancellationToken) =>
        {
            Interlocked.Increment(ref _connections);
            return new NetworkStream(await ConnectAsync(context.DnsEndPoint.Port, cancellationToken), ownsSocket: true);
        },
    };
}
