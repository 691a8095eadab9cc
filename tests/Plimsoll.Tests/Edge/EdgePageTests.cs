using System.Net;
using System.Net.Sockets;
using System.Text;
using Plimsoll.Edge;
using static Plimsoll.Tests.Edge.RunningEdge;

namespace Plimsoll.Tests.Edge;

/// <summary>What a client reads when no instance can answer.</summary>
public sealed class EdgePageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unknown_host_is_named()
    {
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([]);
        using var response = await edge.SendAsync(Ask(host: "nobody.example.com:8000"));
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        (await response.Content.ReadAsStringAsync(Stop)).ShouldBe("Nothing is published at nobody.example.com.\n");
    }

    [Fact]
    public async Task A_browser_gets_html_in_which_the_host_is_only_text()
    {
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([]);
        var answer = await edge.SendRawAsync("GET / HTTP/1.1\r\nHost: a&b'c\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
        answer.ShouldStartWith("HTTP/1.1 404");
        answer.ShouldContain("Content-Type: text/html; charset=utf-8");
        answer.ShouldContain("Nothing is published at a&amp;b&#x27;c");
        answer.ShouldNotContain("a&b'c");
    }

    [Theory]
    [InlineData("Host: <script>alert(1)</script>")]
    [InlineData("Host: a b")]
    [InlineData("Host: :80")]
    [InlineData("Host: %00")]
    [InlineData("Host: a\u00ffb")]
    [InlineData("Host: one\r\nHost: two")]
    [InlineData("X-No-Host: at-all")]
    [InlineData("Host: shop.example.com@evil")]
    [InlineData("Host: shop.example.com/path")]
    public async Task A_host_that_is_none_is_refused_before_anything_is_looked_up(string header)
    {
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([]);
        var answer = await edge.SendRawAsync($"GET / HTTP/1.1\r\n{header}\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
        answer.ShouldStartWith("HTTP/1.1 400");
        answer.ShouldNotContain("<script>");
        answer.ShouldNotContain("Server:");
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("[::1]:8000")]
    [InlineData("shop.example.com..")]
    public async Task A_strange_host_is_not_found(string host)
    {
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", new Uri("http://127.0.0.1:9"))]);
        (await edge.SendRawAsync($"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).ShouldStartWith("HTTP/1.1 404");
    }

    [Fact]
    public async Task A_very_long_host_is_shortened_on_the_page()
    {
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([]);
        var answer = await edge.SendRawAsync($"GET / HTTP/1.1\r\nHost: {new string('a', 20_000)}\r\nConnection: close\r\n\r\n");
        answer.ShouldStartWith("HTTP/1.1 404");
        answer.Length.ShouldBeLessThan(1_000);
    }

    [Fact]
    public async Task Before_a_route_is_verified_the_client_is_asked_to_come_back()
    {
        await using var edge = await RunningEdge.StartAsync();
        using var before = await edge.SendAsync(Ask());
        before.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        edge.Router.Apply([To("one", address: null)]);
        using var response = await edge.SendAsync(Ask());
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await response.Content.ReadAsStringAsync(Stop)).ShouldBe($"{Host} is starting.\n");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task An_instance_that_refuses_is_a_502_that_does_not_tell_where_it_was(string method)
    {
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", FreeAddress())]);
        using var response = await edge.SendAsync(Ask(method: new HttpMethod(method)));
        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await response.Content.ReadAsStringAsync(Stop)).ShouldBe($"{Host} can't be reached at the moment.\n");
    }

    [Fact]
    public async Task A_head_request_gets_the_status_without_a_body()
    {
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", FreeAddress())]);
        var answer = await edge.SendRawAsync($"HEAD / HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n\r\n");
        answer.ShouldStartWith("HTTP/1.1 502");
        answer.ShouldEndWith("\r\n\r\n");
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is not HTTP\r\n\r\n")]
    public async Task An_instance_that_breaks_off_is_a_502(string nonsense)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", new Uri($"http://{listener.LocalEndpoint}"))]);
        var asked = edge.SendAsync(Ask(method: HttpMethod.Post));
        using (var connection = await listener.AcceptTcpClientAsync(Stop))
        {
            await connection.GetStream().ReadExactlyAsync(new byte[4], Stop);
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(nonsense), Stop);
        }

        using var response = await asked;
        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await response.Content.ReadAsStringAsync(Stop)).ShouldBe($"{Host} broke off without an answer.\n");
    }

    [Fact]
    public async Task An_instance_that_says_nothing_is_a_504()
    {
        await using var instance = await BackEnd.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var edge = await RunningEdge.StartAsync(new EdgeOptions { ActivityTimeout = TimeSpan.FromMilliseconds(200) });
        edge.Router.Apply([To("one", instance.Address)]);
        using var response = await edge.SendAsync(Ask());
        response.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        (await response.Content.ReadAsStringAsync(Stop)).ShouldBe($"{Host} did not answer in time.\n");
        edge.Router.InFlight("one").ShouldBe(0);
    }

    [Fact]
    public async Task A_client_that_goes_away_is_taken_off_the_count()
    {
        var arrived = new TaskCompletionSource();
        var gone = new TaskCompletionSource();
        await using var instance = await BackEnd.StartAsync(async context =>
        {
            context.RequestAborted.Register(gone.SetResult);
            arrived.SetResult();
            await gone.Task;
        });
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", instance.Address)]);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, edge.Address.Port, Stop);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {Host}\r\n\r\n"), Stop);
            await arrived.Task.WaitAsync(Stop);
        }

        await gone.Task.WaitAsync(Stop);
        edge.Router.Apply([]);
        (await edge.Router.DrainAsync("one", TimeSpan.FromMinutes(1), Stop)).ShouldBe(DrainOutcome.Empty);
    }

    [Fact]
    public async Task It_is_no_forward_proxy()
    {
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", FreeAddress())]);
        (await edge.SendRawAsync($"CONNECT {Host}:443 HTTP/1.1\r\nHost: {Host}:443\r\nConnection: close\r\n\r\n")).ShouldStartWith("HTTP/1.1 405");
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }
}
