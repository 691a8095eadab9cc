using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Edge;
using static Plimsoll.Tests.Edge.RunningEdge;

namespace Plimsoll.Tests.Edge;

public sealed class EdgeServerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_port_that_is_taken_is_named_with_what_to_do()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = new Uri($"http://{other.LocalEndpoint}");
        await using var server = NewServer(address);
        var taken = await Should.ThrowAsync<AddressTakenException>(() => server.StartAsync(Stop));
        taken.Address.ShouldBe(address);
        taken.Message.ShouldContain($"http://{other.LocalEndpoint}");
        taken.Message.ShouldContain("PLIMSOLL_PROXY_LISTEN");
        server.Addresses.ShouldBeEmpty();

        other.Stop();
        await server.StartAsync(Stop);
        server.Addresses.ShouldBe([address]);
    }

    [Fact]
    public async Task A_port_of_localhost_that_is_taken_is_named_too()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await using var server = NewServer(new Uri($"http://localhost:{((IPEndPoint)other.LocalEndpoint).Port}"));
        await Should.ThrowAsync<AddressTakenException>(() => server.StartAsync(Stop));
    }

    [Theory]
    [InlineData("https://127.0.0.1:0")]
    [InlineData("http://proxy.example.com:0")]
    [InlineData("http://127.0.0.1:0/path")]
    [InlineData("http://192.0.2.1:0")]
    public async Task An_address_nobody_can_listen_on_is_refused_in_a_sentence(string address)
    {
        await using var server = NewServer(new Uri(address));
        (await Should.ThrowAsync<AddressUnusableException>(() => server.StartAsync(Stop))).Message.ShouldContain("PLIMSOLL_PROXY_LISTEN");
    }

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://localhost:0")]
    [InlineData("http://[::]:0")]
    public async Task Every_usual_form_of_address_listens(string address)
    {
        if (address.Contains('[') && !Socket.OSSupportsIPv6)
        {
            return;
        }

        await using var server = NewServer(new Uri(address));
        await server.StartAsync(Stop);
        var port = server.Addresses.Single().Port;
        port.ShouldBeGreaterThan(0);
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/"), Stop);
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Stopping_lets_an_open_request_finish()
    {
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var instance = await BackEnd.StartAsync(async _ =>
        {
            arrived.SetResult();
            await release.Task;
        });
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", instance.Address)]);
        var asked = edge.SendAsync(Ask());
        await arrived.Task.WaitAsync(Stop);
        var stopped = edge.Server.StopAsync(Stop);
        release.SetResult();
        (await asked).StatusCode.ShouldBe(HttpStatusCode.OK);
        await stopped;
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_ever()
    {
        var arrived = new TaskCompletionSource();
        await using var instance = await BackEnd.StartAsync(async context =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", instance.Address)]);
        var asked = edge.SendAsync(Ask());
        await arrived.Task.WaitAsync(Stop);
        await edge.Server.StopAsync(Stop).WaitAsync(TimeSpan.FromSeconds(10), Stop);
        await Should.ThrowAsync<HttpRequestException>(() => asked);
        await edge.Server.StopAsync(Stop);
    }

    [Fact]
    public async Task The_server_starts_and_stops_with_the_program()
    {
        await using var server = NewServer(new Uri("http://127.0.0.1:0"));
        IHostedService hosted = server;
        await hosted.StartAsync(Stop);
        server.Addresses.Count.ShouldBe(1);
        await hosted.StopAsync(Stop);
        server.Addresses.ShouldBeEmpty();
    }

    private static EdgeServer NewServer(Uri listen)
    {
        var options = new EdgeOptions { Listen = listen };
        return new EdgeServer(options, new Router(options, null, TimeProvider.System, NullLogger<Router>.Instance), new StageGates(TimeProvider.System), NullLoggerFactory.Instance, TimeProvider.System);
    }
}
