using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Edge;

namespace Plimsoll.Tests.Edge;

public sealed class RouterTests
{
    private const string Host = "shop.example.com";
    private static readonly TimeSpan _long = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _short = TimeSpan.FromMilliseconds(50);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_the_first_routes_nothing_is_said_about_any_host()
    {
        await using var router = NewRouter();
        router.Enter(Host, out _).ShouldBe(Entry.NotReady);
    }

    [Fact]
    public async Task A_host_that_is_not_verified_is_not_entered()
    {
        await using var router = NewRouter();
        router.Apply([To("one") with { Address = null }]);
        router.Enter(Host, out _).ShouldBe(Entry.NotVerified);
        router.Enter("other.example.com", out _).ShouldBe(Entry.UnknownHost);
    }

    [Fact]
    public async Task A_request_counts_until_it_is_disposed_and_only_once()
    {
        await using var router = NewRouter();
        router.Apply([To("one")]);
        router.TryEnter(Host, out var first).ShouldBeTrue();
        router.TryEnter(Host, out var second).ShouldBeTrue();
        router.InFlight("one").ShouldBe(2);
        first!.Dispose();
        first.Dispose();
        router.InFlight("one").ShouldBe(1);
        second!.Dispose();
        router.InFlight("one").ShouldBe(0);
    }

    [Fact]
    public async Task A_destination_that_stays_in_the_table_keeps_its_count_and_its_connections()
    {
        await using var router = NewRouter();
        router.Apply([To("one")]);
        router.TryEnter(Host, out var before).ShouldBeTrue();
        router.Apply([To("one"), To("two", "other.example.com")]);
        router.TryEnter(Host, out var after).ShouldBeTrue();
        after!.Destination.ShouldBeSameAs(before!.Destination);
        router.InFlight("one").ShouldBe(2);
    }

    [Fact]
    public async Task A_drain_is_done_when_the_last_request_is_over()
    {
        await using var router = NewRouter();
        router.Apply([To("one")]);
        router.TryEnter(Host, out var first).ShouldBeTrue();
        router.TryEnter(Host, out var second).ShouldBeTrue();
        router.Apply([To("two")]);
        var drain = router.DrainAsync("one", _long, Stop);
        first!.Dispose();
        drain.IsCompleted.ShouldBeFalse();
        second!.Dispose();
        (await drain).ShouldBe(DrainOutcome.Empty);
        second.Cut.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task A_drain_is_cut_at_its_limit_and_says_how_many_were_left()
    {
        await using var router = NewRouter();
        router.Apply([To("one")]);
        router.TryEnter(Host, out var first).ShouldBeTrue();
        router.TryEnter(Host, out var second).ShouldBeTrue();
        router.Apply([]);
        var outcome = await router.DrainAsync("one", _short, Stop);
        outcome.ShouldBe(DrainOutcome.Cut(2));
        first!.Cut.IsCancellationRequested.ShouldBeTrue();
        first.Dispose();
        second!.Dispose();
        (await router.DrainAsync("one", _short, Stop)).ShouldBe(DrainOutcome.Empty);
    }

    [Fact]
    public async Task Draining_what_nobody_knows_or_is_empty_is_done_at_once_and_may_be_repeated()
    {
        await using var router = NewRouter();
        router.Apply([To("one")]);
        router.Apply([To("two")]);
        (await router.DrainAsync("one", TimeSpan.Zero, Stop)).ShouldBe(DrainOutcome.Empty);
        (await router.DrainAsync("one", TimeSpan.Zero, Stop)).ShouldBe(DrainOutcome.Empty);
        (await router.DrainAsync("never-seen", TimeSpan.Zero, Stop)).ShouldBe(DrainOutcome.Empty);
    }

    [Fact]
    public async Task Draining_an_instance_that_still_has_a_route_is_refused()
    {
        await using var router = NewRouter();
        router.Apply([To("one")]);
        await Should.ThrowAsync<InvalidOperationException>(() => router.DrainAsync("one", _long, Stop));
    }

    [Fact]
    public async Task Two_drains_of_one_instance_end_together()
    {
        await using var router = NewRouter();
        router.Apply([To("one")]);
        router.TryEnter(Host, out var request).ShouldBeTrue();
        router.Apply([]);
        var drains = Task.WhenAll(router.DrainAsync("one", _long, Stop), router.DrainAsync("one", _long, Stop));
        request!.Dispose();
        (await drains).ShouldBe([DrainOutcome.Empty, DrainOutcome.Empty]);
    }

    [Fact]
    public async Task A_long_drain_holds_up_neither_new_routes_nor_another_drain()
    {
        await using var router = NewRouter();
        router.Apply([To("one"), To("two", "other.example.com")]);
        router.TryEnter(Host, out var held).ShouldBeTrue();
        router.Apply([To("three")]);
        var drain = router.DrainAsync("one", _long, Stop);
        (await router.DrainAsync("two", _long, Stop)).ShouldBe(DrainOutcome.Empty);
        router.Apply([To("four")]);
        router.TryEnter(Host, out var next).ShouldBeTrue();
        next!.Route.InstanceId.ShouldBe("four");
        drain.IsCompleted.ShouldBeFalse();
        held!.Dispose();
        await drain;
    }

    [Fact]
    public async Task A_cancelled_drain_leaves_the_instance_closed_and_can_be_taken_up_again()
    {
        await using var router = NewRouter();
        router.Apply([To("one")]);
        router.TryEnter(Host, out var request).ShouldBeTrue();
        router.Apply([]);
        using var gaveUp = new CancellationTokenSource();
        var drain = router.DrainAsync("one", _long, gaveUp.Token);
        await gaveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => drain);
        request!.Cut.IsCancellationRequested.ShouldBeFalse();
        request.Dispose();
        (await router.DrainAsync("one", _long, Stop)).ShouldBe(DrainOutcome.Empty);
    }

    [Fact]
    public async Task An_instance_that_comes_back_while_it_drains_is_entered_through_a_new_door()
    {
        await using var router = NewRouter();
        router.Apply([To("one")]);
        router.TryEnter(Host, out var old).ShouldBeTrue();
        router.Apply([To("two")]);
        router.Apply([To("one")]);
        router.TryEnter(Host, out var back).ShouldBeTrue();
        back!.Destination.ShouldNotBeSameAs(old!.Destination);
        router.InFlight("one").ShouldBe(2);
        old.Dispose();
        router.InFlight("one").ShouldBe(1);
        back.Destination.Emptied.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_drain_does_not_call_an_instance_empty_that_has_come_back_meanwhile()
    {
        await using var router = NewRouter();
        router.Apply([To("one")]);
        router.TryEnter(Host, out var old).ShouldBeTrue();
        router.Apply([To("two")]);
        var empty = router.DrainAsync("one", _long, Stop);
        var cut = router.DrainAsync("one", _short, Stop);
        router.Apply([To("one")]);
        await Should.ThrowAsync<InvalidOperationException>(() => cut);
        old!.Cut.IsCancellationRequested.ShouldBeFalse();
        old.Dispose();
        await Should.ThrowAsync<InvalidOperationException>(() => empty);
    }

    [Fact]
    public async Task A_drain_also_waits_for_those_who_came_while_the_instance_was_back_for_a_moment()
    {
        await using var router = NewRouter();
        router.Apply([To("one")]);
        router.TryEnter(Host, out var first).ShouldBeTrue();
        router.Apply([To("two")]);
        var drain = router.DrainAsync("one", _long, Stop);
        router.Apply([To("one")]);
        router.TryEnter(Host, out var second).ShouldBeTrue();
        router.Apply([To("two")]);
        var firstDoor = first!.Destination.Emptied;
        first.Dispose();
        await firstDoor.WaitAsync(Stop);
        router.InFlight("one").ShouldBe(1);
        drain.IsCompleted.ShouldBeFalse();
        second!.Dispose();
        (await drain).ShouldBe(DrainOutcome.Empty);
    }

    [Fact]
    public async Task A_dropped_destination_closes_its_connections_with_its_last_request_even_without_a_drain()
    {
        await using var router = NewRouter();
        router.Apply([To("one")]);
        router.TryEnter(Host, out var request).ShouldBeTrue();
        router.Apply([]);
        var destination = request!.Destination;
        destination.TryEnter().ShouldBeFalse();
        destination.Emptied.IsCompleted.ShouldBeFalse();
        request.Dispose();
        await destination.Emptied.WaitAsync(Stop);
        await Should.ThrowAsync<ObjectDisposedException>(() => destination.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://127.0.0.1:9/"), Stop));
    }

    [Fact]
    public async Task A_disposed_router_lets_nobody_in_and_cuts_those_inside()
    {
        var router = NewRouter();
        router.Apply([To("one")]);
        router.TryEnter(Host, out var request).ShouldBeTrue();
        await router.DisposeAsync();
        request!.Cut.IsCancellationRequested.ShouldBeTrue();
        router.Enter(Host, out _).ShouldBe(Entry.NotReady);
        Should.Throw<ObjectDisposedException>(() => router.Apply([]));
    }

    [Fact]
    public async Task Nobody_is_ever_inside_an_instance_whose_drain_is_done()
    {
        const int Generations = 3_000;
        await using var router = NewRouter();
        var drained = new ConcurrentDictionary<string, bool>();
        router.Apply([To("0")]);
        using var over = new CancellationTokenSource();
        var entered = 0L;
        var violations = 0L;
        var threads = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(Crowd, Stop, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();

        for (var generation = 1; generation <= Generations; generation++)
        {
            router.Apply([To($"{generation}")]);
            (await router.DrainAsync($"{generation - 1}", _long, Stop)).ShouldBe(DrainOutcome.Empty);
            drained[$"{generation - 1}"] = true;
        }

        await over.CancelAsync();
        await Task.WhenAll(threads);
        Interlocked.Read(ref violations).ShouldBe(0);
        Interlocked.Read(ref entered).ShouldBeGreaterThan(Generations);
        router.InFlight($"{Generations}").ShouldBe(0);

        void Crowd()
        {
            while (!over.IsCancellationRequested)
            {
                if (!router.TryEnter(Host, out var request))
                {
                    Interlocked.Increment(ref violations);
                    continue;
                }

                using (request)
                {
                    Interlocked.Increment(ref entered);
                    Thread.Yield();
                    if (drained.ContainsKey(request.Route.InstanceId) || request.Destination.Emptied.IsCompleted)
                    {
                        Interlocked.Increment(ref violations);
                    }
                }
            }
        }
    }

    private static Router NewRouter() => new(new EdgeOptions(), null, TimeProvider.System, NullLogger<Router>.Instance);

    private static Route To(string instance, string host = Host) => new(host, instance, new Uri("http://127.0.0.1:9"), "shop", "prod", 1);
}
