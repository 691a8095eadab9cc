using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Plimsoll.Apps;
using Plimsoll.Edge;
using Plimsoll.Tests.Support;
using static Plimsoll.Tests.Edge.EchoingSocket;
using static Plimsoll.Tests.Edge.RunningEdge;

namespace Plimsoll.Tests.Edge;

/// <summary>A paused stage: its requests wait, bounded in number and time, and then go to whatever is live.</summary>
public sealed class PauseTests
{
    private const string TagHost = "shop-v1.example.com";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_that_wait_go_on_to_the_instance_that_is_live_after_the_pause_and_none_fails()
    {
        const int Requests = 50;
        await using var old = await BackEnd.SayingAsync("old");
        await using var young = await BackEnd.StartAsync(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync($"young {await body.ReadToEndAsync(context.RequestAborted)}", context.RequestAborted);
        });
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("old", old.Address), To("old", old.Address, TagHost)]);
        edge.Pause();
        var asked = Enumerable.Range(0, Requests).Select(number => AskAsync(edge, number)).ToList();
        await edge.UntilWaitingAsync(Requests);
        edge.Router.InFlight("old").ShouldBe(0);

        edge.Router.Apply([To("young", young.Address), To("young", young.Address, TagHost)]);
        (await edge.Router.DrainAsync("old", TimeSpan.FromMinutes(1), Stop)).ShouldBe(DrainOutcome.Empty);
        await old.DisposeAsync();
        asked.ShouldAllBe(request => !request.IsCompleted);

        edge.Resume();
        (await Task.WhenAll(asked)).ShouldBe(Enumerable.Range(0, Requests).Select(number => $"young {number}"));
        edge.Gates.AreAllOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task Requests_under_way_and_requests_of_other_stages_notice_nothing()
    {
        const string OtherHost = "other.example.com";
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var instance = await BackEnd.StartAsync(async context =>
        {
            if (context.Request.Path == "/slow")
            {
                arrived.SetResult();
                await release.Task;
            }

            await context.Response.WriteAsync("ok", context.RequestAborted);
        });
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", instance.Address), To("two", instance.Address, OtherHost) with { Stage = "dev", StageId = StageId + 1 }]);
        var slow = edge.GetTextAsync("/slow");
        await arrived.Task.WaitAsync(Stop);

        edge.Pause();
        (await edge.GetTextAsync("/", OtherHost)).ShouldBe("ok");
        (await edge.SendAsync(Ask(host: "nobody.example.com"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        release.SetResult();
        (await slow).ShouldBe("ok");
    }

    [Fact]
    public async Task One_request_more_than_may_wait_is_asked_to_come_back()
    {
        await using var instance = await BackEnd.SayingAsync("ok");
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", instance.Address)]);
        edge.Pause(mostWaiting: 2);
        var waiting = new[] { edge.GetTextAsync(), edge.GetTextAsync() };
        await edge.UntilWaitingAsync(2);

        using var refused = await edge.SendAsync(Ask());
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        (await refused.Content.ReadAsStringAsync(Stop)).ShouldBe($"{Host} is paused, and as many requests wait for it as may.\n");

        edge.Resume();
        (await Task.WhenAll(waiting)).ShouldBe(["ok", "ok"]);
    }

    [Fact]
    public async Task A_request_that_has_waited_too_long_is_told_so()
    {
        var time = new ManualTimeProvider();
        await using var instance = await BackEnd.SayingAsync("ok");
        await using var edge = await RunningEdge.StartAsync(pauseTime: time);
        edge.Router.Apply([To("one", instance.Address)]);
        edge.Hold(StageTraffic.Paused, time.GetUtcNow().AddSeconds(30));
        var asked = edge.SendAsync(Ask());
        await edge.UntilWaitingAsync(1);
        while (!asked.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(30));
            await Task.Delay(1, Stop);
        }

        using var refused = await asked;
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        (await refused.Content.ReadAsStringAsync(Stop)).ShouldBe($"{Host} is paused for longer than a request can wait.\n");
    }

    [Fact]
    public async Task A_client_that_goes_away_frees_its_place()
    {
        await using var instance = await BackEnd.SayingAsync("ok");
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", instance.Address)]);
        edge.Pause(mostWaiting: 1);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, edge.Address.Port, Stop);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {Host}\r\n\r\n"), Stop);
            await edge.UntilWaitingAsync(1);
        }

        await edge.UntilWaitingAsync(0);
        var next = edge.GetTextAsync();
        await edge.UntilWaitingAsync(1);
        edge.Resume();
        (await next).ShouldBe("ok");
    }

    [Fact]
    public async Task A_web_socket_waits_like_any_other_request()
    {
        await using var instance = await BackEnd.StartAsync(EchoAsync);
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", instance.Address)]);
        edge.Pause();
        var connecting = ConnectAsync(edge);
        await edge.UntilWaitingAsync(1);
        edge.Resume();
        using var socket = await connecting;
        (await EchoingSocket.AskAsync(socket, "hello")).ShouldBe("hello");
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Stop);
    }

    [Fact]
    public async Task Stopping_the_proxy_answers_those_who_wait()
    {
        await using var instance = await BackEnd.SayingAsync("ok");
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", instance.Address)]);
        edge.Pause();
        var waiting = new[] { edge.SendAsync(Ask()), edge.SendAsync(Ask()) };
        await edge.UntilWaitingAsync(2);
        await edge.Server.StopAsync(Stop);
        foreach (var response in await Task.WhenAll(waiting))
        {
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            response.Headers.RetryAfter.ShouldNotBeNull();
        }
    }

    private static async Task<string> AskAsync(RunningEdge edge, int number)
    {
        using var request = Ask($"/{number}", number % 2 == 0 ? Host : TagHost, HttpMethod.Post);
        request.Content = new StringContent($"{number}");
        using var response = await edge.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.Content.ReadAsStringAsync(Stop);
    }
}
