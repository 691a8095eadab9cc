using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Plimsoll.Apps;
using Plimsoll.Deployments;
using Plimsoll.Docker;
using Plimsoll.Edge;
using Plimsoll.Tests.Apps.Support;
using static Plimsoll.Tests.Edge.EchoingSocket;
using static Plimsoll.Tests.Edge.RunningEdge;

namespace Plimsoll.Tests.Edge;

/// <summary>What a drain does with WebSockets and event streams.</summary>
public sealed class LongLivedTests
{
    private static readonly TimeSpan _long = TimeSpan.FromMinutes(1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Closing_ends_web_sockets_and_event_streams_at_once_while_a_slow_request_finishes()
    {
        var slow = new Slow();
        await using var old = await BackEnd.StartAsync(slow.AnswerAsync);
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("old", old.Address)]);
        using var socket = await ConnectAsync(edge);
        (await AskAsync(socket, "before")).ShouldBe("before");
        using var events = await edge.SendAsync(Ask("/events"), HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await events.Content.ReadAsStreamAsync(Stop));
        (await lines.ReadLineAsync(Stop)).ShouldBe("data: 0");
        var asked = edge.GetTextAsync("/slow");
        await slow.Arrived.Task.WaitAsync(Stop);

        edge.Router.Apply([]);
        var drain = edge.Router.DrainAsync("old", _long, closeLongLived: true, Stop);
        await Should.ThrowAsync<WebSocketException>(async () => await socket.ReceiveAsync(new byte[16], Stop));
        await Should.ThrowAsync<IOException>(async () => await lines.ReadLineAsync(Stop));
        drain.IsCompleted.ShouldBeFalse();
        edge.Router.InFlight("old").ShouldBeGreaterThanOrEqualTo(1);

        slow.Release.SetResult();
        (await asked).ShouldBe("slow");
        (await drain).ShouldBe(DrainOutcome.Empty);
    }

    [Fact]
    public async Task Closing_also_ends_what_becomes_an_event_stream_only_after_the_drain_began()
    {
        var slow = new Slow();
        await using var old = await BackEnd.StartAsync(slow.AnswerAsync);
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("old", old.Address)]);
        var asked = edge.SendAsync(Ask("/slow-events"));
        await slow.Arrived.Task.WaitAsync(Stop);

        edge.Router.Apply([]);
        var drain = edge.Router.DrainAsync("old", _long, closeLongLived: true, Stop);
        slow.Release.SetResult();
        await Should.ThrowAsync<HttpRequestException>(() => asked);
        (await drain).ShouldBe(DrainOutcome.Empty);
    }

    [Fact]
    public async Task Draining_keeps_an_event_stream_until_it_ends_by_itself()
    {
        var slow = new Slow();
        await using var old = await BackEnd.StartAsync(slow.AnswerAsync);
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("old", old.Address)]);
        using var events = await edge.SendAsync(Ask("/events"), HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await events.Content.ReadAsStreamAsync(Stop));
        (await lines.ReadLineAsync(Stop)).ShouldBe("data: 0");

        edge.Router.Apply([]);
        var drain = edge.Router.DrainAsync("old", _long, closeLongLived: false, Stop);
        slow.Release.SetResult();
        (await lines.ReadLineAsync(Stop)).ShouldBe("data: 1");
        (await lines.ReadLineAsync(Stop)).ShouldBeNull();
        (await drain).ShouldBe(DrainOutcome.Empty);
    }

    [Theory]
    [InlineData(LongLivedPolicies.Close, 0)]
    [InlineData(LongLivedPolicies.Drain, 1)]
    public async Task A_switch_does_with_a_web_socket_what_the_settings_say(string policy, int cut)
    {
        await using var apps = await AppsStore.CreateAsync();
        await apps.Store.WriteAsync(scope => apps.Settings.Write(scope, new Settings { LongLived = policy }), Stop);
        await using var old = await BackEnd.StartAsync(EchoAsync);
        await using var edge = await RunningEdge.StartAsync();
        await using var engine = new DockerEngine(DockerEndpoint.Parse("unix:///nowhere.sock"), TimeProvider.System);
        using var keeper = new RouteKeeper(
            new RouteStore(apps.Store, TimeProvider.System), edge.Router, new ContainerAddresses(engine, new Installation { Id = "one" }), apps.Settings, new EdgeOptions());
        edge.Router.Apply([To("old", old.Address)]);
        using var socket = await ConnectAsync(edge);
        (await AskAsync(socket, "before")).ShouldBe("before");

        edge.Router.Apply([]);
        var limit = policy == LongLivedPolicies.Close ? _long : TimeSpan.FromMilliseconds(200);
        (await keeper.DrainAsync("old", limit, Stop)).ShouldBe(cut);
        await Should.ThrowAsync<WebSocketException>(async () => await socket.ReceiveAsync(new byte[16], Stop));
    }

    /// <summary>Answers in two halves, the second one when the test says so.</summary>
    private sealed class Slow
    {
        public TaskCompletionSource Arrived { get; } = new();

        public TaskCompletionSource Release { get; } = new();

        public async Task AnswerAsync(HttpContext context)
        {
            var path = context.Request.Path.Value!;
            if (context.WebSockets.IsWebSocketRequest)
            {
                await EchoAsync(context);
            }
            else if (path == "/events")
            {
                context.Response.ContentType = "text/event-stream";
                await context.Response.WriteAsync("data: 0\n", context.RequestAborted);
                await Release.Task.WaitAsync(context.RequestAborted);
                await context.Response.WriteAsync("data: 1\n", context.RequestAborted);
            }
            else
            {
                Arrived.SetResult();
                await Release.Task;
                context.Response.ContentType = path == "/slow-events" ? "text/event-stream; charset=utf-8" : "text/plain";
                await context.Response.WriteAsync("slow", context.RequestAborted);
                if (path == "/slow-events")
                {
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                }
            }
        }
    }
}
