using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Plimsoll.Edge;
using static Plimsoll.Tests.Edge.RunningEdge;

namespace Plimsoll.Tests.Edge;

/// <summary>What a switch promises to the requests that are under way: nobody notices.</summary>
public sealed class SwitchTests
{
    private static readonly TimeSpan _long = TimeSpan.FromMinutes(1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hundreds_of_switches_under_load_lose_no_request_and_no_connection()
    {
        const int Switches = 300;
        await using var blue = await BackEnd.SayingAsync("ok");
        await using var green = await BackEnd.SayingAsync("ok");
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("0", blue.Address)]);
        await using var load = new Load(edge, clients: 16);

        for (var generation = 1; generation <= Switches; generation++)
        {
            edge.Router.Apply([To($"{generation}", generation % 2 == 0 ? blue.Address : green.Address)]);
            (await edge.Router.DrainAsync($"{generation - 1}", _long, Stop)).ShouldBe(DrainOutcome.Empty);
            await load.UntilAnsweredAsync(more: 10);
        }

        await load.FinishAsync();
        load.Failures.ShouldBeEmpty();
        load.Answered.ShouldBeGreaterThan(10 * Switches);
        edge.Connections.ShouldBeLessThanOrEqualTo(16);
    }

    [Fact]
    public async Task Instances_that_are_killed_right_after_their_drain_take_no_request_with_them()
    {
        const int Deployments = 40;
        await using var edge = await RunningEdge.StartAsync();
        var serving = await StartInstanceAsync();
        edge.Router.Apply([To("0", serving.Address)]);
        await using var load = new Load(edge, clients: 16);

        for (var generation = 1; generation <= Deployments; generation++)
        {
            var next = await StartInstanceAsync();
            edge.Router.Apply([To($"{generation}", next.Address)]);
            (await edge.Router.DrainAsync($"{generation - 1}", _long, Stop)).ShouldBe(DrainOutcome.Empty);
            await serving.DisposeAsync();
            serving = next;
            await load.UntilAnsweredAsync(more: 10);
        }

        await load.FinishAsync();
        await serving.DisposeAsync();
        load.Failures.ShouldBeEmpty();
        edge.Connections.ShouldBeLessThanOrEqualTo(16);

        static Task<BackEnd> StartInstanceAsync() => BackEnd.StartAsync(async context =>
        {
            await Task.Yield();
            await context.Response.WriteAsync("ok", context.RequestAborted);
        });
    }

    [Fact]
    public async Task A_slow_request_finishes_on_the_instance_it_was_sent_to()
    {
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var old = await BackEnd.StartAsync(async context =>
        {
            arrived.SetResult();
            await release.Task;
            await context.Response.WriteAsync("old", context.RequestAborted);
        });
        await using var young = await BackEnd.SayingAsync("young");
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("old", old.Address)]);
        var slow = edge.GetTextAsync();
        await arrived.Task.WaitAsync(Stop);

        edge.Router.Apply([To("young", young.Address)]);
        var drain = edge.Router.DrainAsync("old", _long, Stop);
        (await edge.GetTextAsync()).ShouldBe("young");
        edge.Router.InFlight("old").ShouldBe(1);
        drain.IsCompleted.ShouldBeFalse();

        release.SetResult();
        (await slow).ShouldBe("old");
        (await drain).ShouldBe(DrainOutcome.Empty);
    }

    [Fact]
    public async Task A_drain_over_its_limit_answers_504_to_those_who_wait_and_tears_off_half_an_answer()
    {
        var arrived = new CountdownEvent(3);
        await using var old = await BackEnd.StartAsync(async context =>
        {
            if (context.Request.Path == "/half")
            {
                await context.Response.WriteAsync("half", context.RequestAborted);
            }

            arrived.Signal();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("old", old.Address)]);
        var waiting = new[] { edge.SendAsync(Ask("/")), edge.SendAsync(Ask("/")) };
        var half = await edge.SendAsync(Ask("/half"), HttpCompletionOption.ResponseHeadersRead);
        await Task.Run(() => arrived.Wait(Stop), Stop);

        edge.Router.Apply([]);
        (await edge.Router.DrainAsync("old", TimeSpan.FromMilliseconds(50), Stop)).ShouldBe(DrainOutcome.Cut(3));

        foreach (var response in await Task.WhenAll(waiting))
        {
            response.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
            (await response.Content.ReadAsStringAsync(Stop)).ShouldContain(Host);
        }

        await Should.ThrowAsync<HttpRequestException>(() => half.Content.ReadAsStringAsync(Stop));
        (await edge.Router.DrainAsync("old", _long, Stop)).ShouldBe(DrainOutcome.Empty);
    }

    [Fact]
    public async Task A_new_container_at_an_old_address_never_meets_an_old_connection()
    {
        var connections = new ConcurrentBag<string>();
        await using var instance = await BackEnd.StartAsync(context =>
        {
            connections.Add(context.Connection.Id);
            return context.Response.WriteAsync("ok", context.RequestAborted);
        });
        await using var edge = await RunningEdge.StartAsync();
        foreach (var name in new[] { "one", "two", "three" })
        {
            edge.Router.Apply([To(name, instance.Address)]);
            (await edge.GetTextAsync()).ShouldBe("ok");
            (await edge.GetTextAsync()).ShouldBe("ok");
        }

        connections.Count.ShouldBe(6);
        connections.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_get_that_meets_a_dead_instance_is_sent_to_where_the_route_points_by_then()
    {
        await using var young = await BackEnd.SayingAsync("young");
        await using var edge = await RunningEdge.StartAsync(new EdgeOptions { ConnectTimeout = TimeSpan.FromSeconds(1) });
        using var deaf = DeafListener.Start();
        edge.Router.Apply([To("deaf", deaf.Address)]);
        var asked = edge.GetTextAsync();
        while (edge.Router.InFlight("deaf") == 0)
        {
            await Task.Yield();
        }

        edge.Router.Apply([To("young", young.Address)]);
        (await asked).ShouldBe("young");
    }

    [Fact]
    public async Task A_post_is_never_sent_twice()
    {
        await using var young = await BackEnd.SayingAsync("young");
        await using var edge = await RunningEdge.StartAsync(new EdgeOptions { ConnectTimeout = TimeSpan.FromMilliseconds(500) });
        using var deaf = DeafListener.Start();
        edge.Router.Apply([To("deaf", deaf.Address)]);
        var asked = edge.SendAsync(Ask(method: HttpMethod.Post));
        while (edge.Router.InFlight("deaf") == 0)
        {
            await Task.Yield();
        }

        edge.Router.Apply([To("young", young.Address)]);
        (await asked).StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
    }
}
