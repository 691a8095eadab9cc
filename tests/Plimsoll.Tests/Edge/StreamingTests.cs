using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Plimsoll.Edge;
using static Plimsoll.Tests.Edge.EchoingSocket;
using static Plimsoll.Tests.Edge.RunningEdge;

namespace Plimsoll.Tests.Edge;

/// <summary>Long conversations: WebSockets, event streams, large bodies.</summary>
public sealed class StreamingTests
{
    private static readonly TimeSpan _long = TimeSpan.FromMinutes(1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_web_socket_lives_through_a_switch_and_is_waited_for()
    {
        await using var old = await BackEnd.StartAsync(EchoAsync);
        await using var young = await BackEnd.SayingAsync("young");
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("old", old.Address)]);
        using var socket = await ConnectAsync(edge);
        (await AskAsync(socket, "before")).ShouldBe("before");

        edge.Router.Apply([To("young", young.Address)]);
        var drain = edge.Router.DrainAsync("old", _long, Stop);
        (await AskAsync(socket, "after")).ShouldBe("after");
        (await edge.GetTextAsync()).ShouldBe("young");
        edge.Router.InFlight("old").ShouldBe(1);
        drain.IsCompleted.ShouldBeFalse();

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Stop);
        (await drain).ShouldBe(DrainOutcome.Empty);
    }

    [Fact]
    public async Task A_web_socket_that_outlives_the_drain_is_closed_and_counted()
    {
        await using var old = await BackEnd.StartAsync(EchoAsync);
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("old", old.Address)]);
        using var socket = await ConnectAsync(edge);
        (await AskAsync(socket, "before")).ShouldBe("before");

        edge.Router.Apply([]);
        (await edge.Router.DrainAsync("old", TimeSpan.FromMilliseconds(50), Stop)).ShouldBe(DrainOutcome.Cut(1));
        await Should.ThrowAsync<WebSocketException>(async () => await socket.ReceiveAsync(new byte[16], Stop));
        (await edge.Router.DrainAsync("old", _long, Stop)).ShouldBe(DrainOutcome.Empty);
    }

    [Fact]
    public async Task Each_event_of_a_stream_arrives_before_the_next_one_is_written()
    {
        using var seen = new SemaphoreSlim(0);
        await using var instance = await BackEnd.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            for (var number = 0; number < 5; number++)
            {
                await context.Response.WriteAsync($"data: {number}\n", context.RequestAborted);
                await seen.WaitAsync(context.RequestAborted);
            }
        });
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", instance.Address)]);
        using var response = await edge.SendAsync(Ask(), HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Stop));
        for (var number = 0; number < 5; number++)
        {
            (await lines.ReadLineAsync(Stop)).ShouldBe($"data: {number}");
            seen.Release();
        }

        (await lines.ReadLineAsync(Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task An_upload_of_20_MB_arrives_whole()
    {
        await using var instance = await BackEnd.StartAsync(async context =>
        {
            var hash = await SHA256.HashDataAsync(context.Request.Body, context.RequestAborted);
            await context.Response.WriteAsync($"{context.Request.ContentLength} {Convert.ToHexString(hash)}", context.RequestAborted);
        });
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", instance.Address)]);
        var body = RandomNumberGenerator.GetBytes(20 * 1024 * 1024);

        var whole = Ask("/", method: HttpMethod.Put);
        whole.Content = new ByteArrayContent(body);
        using var answer = await edge.SendAsync(whole);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldBe($"{body.Length} {Convert.ToHexString(SHA256.HashData(body))}");

        var chunked = Ask("/", method: HttpMethod.Post);
        chunked.Headers.TransferEncodingChunked = true;
        chunked.Content = new StreamContent(new MemoryStream(body));
        using var second = await edge.SendAsync(chunked);
        (await second.Content.ReadAsStringAsync(Stop)).ShouldBe($" {Convert.ToHexString(SHA256.HashData(body))}");
    }

    [Fact]
    public async Task The_instance_reads_the_first_part_of_a_body_before_the_last_one_is_sent()
    {
        var firstRead = new TaskCompletionSource<string>();
        await using var instance = await BackEnd.StartAsync(async context =>
        {
            var buffer = new byte[64];
            firstRead.SetResult(Encoding.UTF8.GetString(buffer, 0, await context.Request.Body.ReadAsync(buffer, context.RequestAborted)));
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        });
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", instance.Address)]);
        var request = Ask(method: HttpMethod.Post);
        request.Content = new TwoPartContent("first", "second", before: firstRead.Task);
        using var response = await edge.SendAsync(request);
        response.EnsureSuccessStatusCode();
        (await firstRead.Task).ShouldBe("first");
    }
}
