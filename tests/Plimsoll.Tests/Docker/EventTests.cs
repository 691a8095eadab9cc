using System.Globalization;
using Microsoft.AspNetCore.Http;
using Plimsoll.Docker;
using static Plimsoll.Tests.Docker.EventScript;

namespace Plimsoll.Tests.Docker;

public sealed class EventTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lost_connection_is_continued_where_it_broke_off_without_repeating_events()
    {
        await using var server = await EngineDouble.StartAsync();
        var connections = Script(
            server,
            [Line("start", 1), Line("die", 7)],
            [Line("start", 1), Line("die", 7), Line("start", 7, "other"), Line("destroy", 9)]);
        await using var client = server.Connect(new InstantDelays());

        var seen = await TakeAsync(client, EventFilter.All, since: null, 7);

        seen.Select(Describe).ShouldBe(
            ["connection established", "start web", "die web", "connection lost", "connection restored", "start other", "destroy web"]);
        var since = connections.Seen.Select(request => request.Parameter("since")).ToList();
        since[0].ShouldBeNull();
        decimal.Parse(since[1]!, CultureInfo.InvariantCulture).ShouldBeLessThanOrEqualTo((Start + 7) / (decimal)Second);
    }

    [Fact]
    public async Task The_point_to_continue_from_has_nanoseconds_and_is_not_before_the_readers_own()
    {
        var begin = new DateTimeOffset(2026, 11, 21, 3, 0, 0, TimeSpan.Zero).AddTicks(1234567);
        var beginNanoseconds = EngineTime.ToUnixNanoseconds(begin);
        await using var server = await EngineDouble.StartAsync();
        var connections = Script(
            server,
            [Line("start", beginNanoseconds + 3 - Start)],
            [Line("die", beginNanoseconds + (5 * Second) + 1 - Start)],
            [Line("destroy", beginNanoseconds + (9 * Second) - Start)]);
        await using var client = server.Connect(new InstantDelays());

        await TakeAsync(client, EventFilter.All, begin, 8);

        connections.Seen.Select(request => request.Parameter("since")).ShouldBe(
        [
            EngineTime.ToParameter(beginNanoseconds),
            EngineTime.ToParameter(beginNanoseconds),
            EngineTime.ToParameter(beginNanoseconds + (4 * Second) + 1),
        ]);
        EngineTime.ToParameter(beginNanoseconds).ShouldEndWith(".123456700");
    }

    [Fact]
    public async Task A_connection_lost_before_any_event_is_continued_from_its_beginning()
    {
        await using var server = await EngineDouble.StartAsync();
        var connections = Script(server, [], [Line("start", 1)]);
        await using var client = server.Connect(new InstantDelays());

        await TakeAsync(client, EventFilter.All, since: null, 4);

        var since = decimal.Parse(connections.Seen[1].Parameter("since")!, CultureInfo.InvariantCulture);
        since.ShouldBe(DateTimeOffset.UtcNow.ToUnixTimeSeconds(), tolerance: 60);
    }

    [Fact]
    public async Task A_connection_cut_hard_is_lost_and_says_why()
    {
        await using var server = await EngineDouble.StartAsync();
        var read = new TaskCompletionSource();
        server.On("GET", "/events", async context =>
        {
            await context.Response.WriteAsync(Line("start", 1) + "\n" + Line("die", 2)[..30]);
            await context.Response.Body.FlushAsync();
            await read.Task;
            context.Abort();
        });
        await using var client = server.Connect(new InstantDelays());
        var seen = new List<EngineEvent>();

        await foreach (var next in client.Events.WatchAsync(EventFilter.All, null, Token))
        {
            seen.Add(next);
            if (next.Action == "start")
            {
                read.SetResult();
            }
            else if (next.IsConnectionLost)
            {
                break;
            }
        }

        seen.Select(Describe).ShouldBe(["connection established", "start web", "connection lost"]);
        seen[2].Attributes["reason"].ShouldContain(server.SocketPath);
    }

    [Fact]
    public async Task An_engine_that_is_not_there_yet_is_lost_once_and_found_later()
    {
        await using var server = EngineDouble.Stopped();
        var delays = new InstantDelays();
        await using var client = server.Connect(delays);
        await using var watch = client.Events.WatchAsync(EventFilter.All, since: null, Token).GetAsyncEnumerator(Token);

        (await watch.MoveNextAsync()).ShouldBeTrue();
        watch.Current.IsConnectionLost.ShouldBeTrue();
        var next = watch.MoveNextAsync().AsTask();
        await UntilAsync(() => delays.Passed.Count >= 5);
        Script(server, [Line("start", 1)]);
        await server.StartAgainAsync();

        (await next).ShouldBeTrue();
        watch.Current.IsConnectionRestored.ShouldBeTrue();
        delays.Passed.Take(5).Select(delay => delay.TotalSeconds).ShouldBe([0.25, 0.5, 1, 2, 2]);
    }

    [Fact]
    public async Task An_engine_that_answers_with_errors_while_it_starts_is_waited_for()
    {
        await using var server = await EngineDouble.StartAsync();
        var attempts = 0;
        server.On("GET", "/events", context => Interlocked.Increment(ref attempts) < 3
            ? EngineDouble.WriteAsync(context, 500, """{"message":"starting"}""")
            : EngineDouble.WriteAsync(context, 200, Line("start", 1) + "\n"));
        await using var client = server.Connect(new InstantDelays());

        var seen = await TakeAsync(client, EventFilter.All, since: null, 3);

        seen.Select(Describe).ShouldBe(["connection lost", "connection restored", "start web"]);
    }

    [Fact]
    public async Task A_refused_filter_ends_the_watch()
    {
        await using var server = await EngineDouble.StartAsync();
        server.On("GET", "/events", 400, """{"message":"Invalid filter 'event'"}""");
        await using var client = server.Connect(new InstantDelays());

        (await Should.ThrowAsync<DockerException>(TakeAsync(client, EventFilter.All, null, 1))).EngineMessage.ShouldBe("Invalid filter 'event'");
    }

    [Fact]
    public async Task An_engine_that_is_too_old_ends_the_watch()
    {
        await using var server = await EngineDouble.StartAsync();
        server.ApiVersion = "1.39";
        await using var client = server.Connect(new InstantDelays());

        await Should.ThrowAsync<DockerVersionException>(TakeAsync(client, EventFilter.All, null, 1));
    }

    [Fact]
    public async Task Lines_that_are_no_events_count_as_a_lost_connection()
    {
        await using var server = await EngineDouble.StartAsync();
        Script(server, ["<html>"], [Line("start", 1)]);
        await using var client = server.Connect(new InstantDelays());

        var seen = await TakeAsync(client, EventFilter.All, null, 4);

        seen.Select(Describe).ShouldBe(["connection established", "connection lost", "connection restored", "start web"]);
    }

    [Fact]
    public async Task The_filter_reaches_the_engine_and_the_event_its_reader()
    {
        await using var server = await EngineDouble.StartAsync();
        var connections = Script(server, [Line("health_status: unhealthy", 5)]);
        await using var client = server.Connect(new InstantDelays());
        var filter = new EventFilter { Types = ["container"], Actions = ["die", "health_status"], Labels = ["a=b"] };

        var seen = await TakeAsync(client, filter, null, 2);

        connections.Seen[0].Parameter("filters").ShouldBe("""{"type":["container"],"event":["die","health_status"],"label":["a=b"]}""");
        seen[1].Type.ShouldBe("container");
        seen[1].Action.ShouldBe("health_status: unhealthy");
        seen[1].ActorId.ShouldBe("0cbe");
        seen[1].Name.ShouldBe("web");
        seen[1].At.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1_795_229_734));
    }

    [Fact]
    public async Task Cancelling_ends_the_watch_and_closes_the_connection()
    {
        await using var server = await EngineDouble.StartAsync();
        var closed = new TaskCompletionSource();
        server.On("GET", "/events", async context =>
        {
            context.RequestAborted.Register(() => closed.TrySetResult());
            await context.Response.WriteAsync(Line("start", 1) + "\n");
            await context.Response.Body.FlushAsync();
            await closed.Task;
        });
        await using var client = server.Connect();
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var next in client.Events.WatchAsync(EventFilter.All, null, source.Token))
            {
                if (next.Action == "start")
                {
                    await source.CancelAsync();
                }
            }
        });

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10), Token);
    }

    [Fact]
    public async Task Leaving_the_loop_closes_the_connection()
    {
        await using var server = await EngineDouble.StartAsync();
        var closed = new TaskCompletionSource();
        server.On("GET", "/events", async context =>
        {
            context.RequestAborted.Register(() => closed.TrySetResult());
            await context.Response.WriteAsync(Line("start", 1) + "\n");
            await context.Response.Body.FlushAsync();
            await closed.Task;
        });
        await using var client = server.Connect();

        await TakeAsync(client, EventFilter.All, null, 2);

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10), Token);
    }

    [Fact]
    public void A_bookmark_remembers_no_more_than_it_needs()
    {
        var bookmark = new EventBookmark(null);
        for (var i = 0; i < 5000; i++)
        {
            bookmark.Accept(BitConverter.GetBytes(i), Start + i).ShouldBeTrue();
        }

        bookmark.Accept(BitConverter.GetBytes(4999), Start + 4999).ShouldBeFalse();
        bookmark.Accept(BitConverter.GetBytes(3976), Start + 3976).ShouldBeFalse();
        bookmark.Accept(BitConverter.GetBytes(0), Start).ShouldBeTrue();
    }

    private static string Describe(EngineEvent seen) => seen.Name is { } name ? $"{seen.Action} {name}" : $"{seen.Type} {seen.Action}";

    private static async Task<List<EngineEvent>> TakeAsync(DockerEngine client, EventFilter filter, DateTimeOffset? since, int count)
    {
        var seen = new List<EngineEvent>();
        await foreach (var next in client.Events.WatchAsync(filter, since, Token))
        {
            seen.Add(next);
            if (seen.Count == count)
            {
                break;
            }
        }

        return seen;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(5, Token);
        }
    }
}
