using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Apps;
using Plimsoll.Edge;

namespace Plimsoll.Tests.Edge;

/// <summary>The proxy on a free loopback port, with a client that has its own connections to it.</summary>
internal sealed class RunningEdge : IAsyncDisposable
{
    public const string Host = "shop.example.com";
    public const long StageId = 7;
    private int _connections;

    private RunningEdge(EdgeOptions options, TimeProvider pauseTime)
    {
        Gates = new StageGates(pauseTime);
        Router = new Router(options, null, TimeProvider.System, NullLogger<Router>.Instance);
        Server = new EdgeServer(options, Router, Gates, NullLoggerFactory.Instance, TimeProvider.System);
        Client = new HttpClient(NewHandler()) { Timeout = TimeSpan.FromSeconds(30) };
    }

    public Router Router { get; }

    public StageGates Gates { get; }

    public EdgeServer Server { get; }

    public HttpClient Client { get; }

    /// <summary>Connections that <see cref="Client"/> has opened so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public Uri Address => Server.Addresses.Single();

    /// <param name="pauseTime">The clock that paused stages go by; the rest goes by the real one.</param>
    public static async Task<RunningEdge> StartAsync(EdgeOptions? options = null, TimeProvider? pauseTime = null)
    {
        var edge = new RunningEdge(
            (options ?? new EdgeOptions()) with { Listen = new Uri("http://127.0.0.1:0"), StopLimit = TimeSpan.FromSeconds(1) }, pauseTime ?? TimeProvider.System);
        await edge.Server.StartAsync(TestContext.Current.CancellationToken);
        return edge;
    }

    public static Route To(string instance, Uri? address, string host = Host) => new(host, instance, address, "shop", "prod", StageId);

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

    /// <summary>Holds the stage of <see cref="To"/>, and no other.</summary>
    public void Hold(StageTraffic traffic, DateTimeOffset? until = null, string? message = null, int mostWaiting = 1_000) =>
        Gates.Apply([new HeldStage(StageId, traffic, until, message)], mostWaiting);

    /// <summary>Pauses the stage for as long as any test takes.</summary>
    public void Pause(int mostWaiting = 1_000) => Hold(StageTraffic.Paused, TimeProvider.System.GetUtcNow().AddMinutes(10), mostWaiting: mostWaiting);

    public void Resume() => Gates.Apply([], 0);

    public async Task UntilWaitingAsync(int requests)
    {
        while (Gates.Find(StageId)?.Waiting != requests)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
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
