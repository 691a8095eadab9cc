using System.Globalization;
using Microsoft.AspNetCore.Http;
using Plimsoll.Registry;

namespace Plimsoll.Tests.Registry;

/// <summary>A registry that wants to be left alone is left alone, as a whole, for a bounded time; others are not affected.</summary>
public sealed class TrafficTests
{
    private static readonly SampleImage image = new();
    private static readonly RequestDelegate good = context => context.Manifest(image.Manifest);
    private static readonly RegistryAccess poll = RegistryAccess.Anonymous with { IsPoll = true };

    [Theory]
    [InlineData("30", 30)]
    [InlineData("+600s", 600)]
    [InlineData("0", 1)]
    [InlineData("99999999999", 6 * 3600)]
    [InlineData("date:5", 300)]
    [InlineData("date:99999", 6 * 3600)]
    [InlineData("date:-5", 1)]
    [InlineData("-30", 60)]
    [InlineData("soon", 60)]
    [InlineData("Mon, 99 Foo 2026 00:00:00 GMT", 60)]
    [InlineData(null, 60)]
    public async Task Being_asked_too_often_leaves_the_whole_registry_alone_for_a_bounded_time(string? retryAfter, int seconds)
    {
        var time = new ManualTime();
        var header = retryAfter switch
        {
            "+600s" => "600",
            { } text when text.StartsWith("date:", StringComparison.Ordinal) =>
                time.GetUtcNow().AddMinutes(double.Parse(text[5..], CultureInfo.InvariantCulture)).ToString("R", CultureInfo.InvariantCulture),
            _ => retryAfter,
        };
        await using var registry = await RegistryDouble.StartAsync(context => TooMany(context, header));
        await using var other = await RegistryDouble.StartAsync(good);
        await using var client = Clients.New(time: time);
        (await Fails(client, registry.Image())).Failure.ShouldBe(RegistryFailure.RateLimited);

        registry.Answer = good;
        var left = await Fails(client, registry.Image("another/image:2"));
        (left.Failure, left.IsTransient, left.WasNotSent).ShouldBe((RegistryFailure.RateLimited, true, true));
        left.RetryAfter.ShouldBe(TimeSpan.FromSeconds(seconds));
        left.Message.ShouldContain("left alone until");
        registry.Requests.Count.ShouldBe(1);
        client.TrafficOf(registry.Host).CoolDownUntil.ShouldBe(time.GetUtcNow().AddSeconds(seconds));
        await client.ResolveAsync(other.Image(), null, Clients.Cancel);

        time.Advance(TimeSpan.FromSeconds(seconds));
        await client.ResolveAsync(registry.Image(), null, Clients.Cancel);
        client.TrafficOf(registry.Host).CoolDownUntil.ShouldBeNull();
        client.TrafficOf(registry.Host).LastProblem.ShouldBeNull();
    }

    [Fact]
    public async Task Without_a_word_about_how_long_the_pause_doubles_and_is_bounded()
    {
        var time = new ManualTime();
        await using var registry = await RegistryDouble.StartAsync(context => TooMany(context, null));
        await using var client = Clients.New(time: time);
        var pauses = new List<double>();
        for (var times = 0; times < 10; times++)
        {
            await Fails(client, registry.Image());
            var pause = client.TrafficOf(registry.Host).CoolDownUntil!.Value - time.GetUtcNow();
            pauses.Add(pause.TotalMinutes);
            time.Advance(pause);
        }

        pauses.ShouldBe([1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
    }

    [Fact]
    public async Task A_503_that_says_when_to_come_back_is_a_call_for_patience_and_one_that_does_not_is_none()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Status(503));
        await using var client = Clients.New();
        await Fails(client, registry.Image());
        client.TrafficOf(registry.Host).CoolDownUntil.ShouldBeNull();
        registry.Answer = context =>
        {
            context.Response.Headers.RetryAfter = "120";
            return context.Status(503);
        };
        await Fails(client, registry.Image());
        client.TrafficOf(registry.Host).CoolDownUntil.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_token_server_that_wants_patience_speaks_for_its_registry()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Request.Path == "/token"
            ? TooMany(context, "60")
            : context.Challenge($"Bearer realm=\"http://{context.Request.Host}/token\""));
        await using var client = Clients.New();
        await Fails(client, registry.Image());
        (await Fails(client, registry.Image("other/image:1"))).WasNotSent.ShouldBeTrue();
        registry.Lines.ShouldBe(["HEAD /v2/team/app/manifests/1", "GET /token?scope=repository%3Ateam%2Fapp%3Apull&client_id=plimsoll"]);
    }

    [Fact]
    public async Task A_storage_host_that_wants_patience_does_not()
    {
        await using var storage = await RegistryDouble.StartAsync(context => TooMany(context, "60"));
        await using var registry = await RegistryDouble.StartAsync(context => context.Redirect($"{storage.Origin}/blob"));
        await using var client = Clients.New();
        await Fails(client, registry.Image());
        client.TrafficOf(registry.Host).CoolDownUntil.ShouldBeNull();
    }

    [Fact]
    public async Task A_test_of_the_connection_is_sent_all_the_same_and_ends_the_cool_down_where_it_succeeds()
    {
        var told = new List<RegistryCoolDown>();
        await using var registry = await RegistryDouble.StartAsync(context => TooMany(context, "3600"));
        await using var client = Clients.New(new RegistryClientOptions { OnCoolDown = told.Add });
        await Fails(client, registry.Image());
        (await client.TestConnectionAsync(registry.Host, null, Clients.Cancel)).Succeeded.ShouldBeFalse();
        client.TrafficOf(registry.Host).CoolDownUntil.ShouldNotBeNull();

        registry.Answer = context => context.Json("{}");
        (await client.TestConnectionAsync(registry.Host, null, Clients.Cancel)).Succeeded.ShouldBeTrue();
        client.TrafficOf(registry.Host).CoolDownUntil.ShouldBeNull();
        told.Select(change => change.Until is null).ShouldBe([false, true]);
    }

    [Fact]
    public async Task Requests_that_come_back_together_begin_one_cool_down()
    {
        var told = new List<RegistryCoolDown>();
        var (inside, go) = (0, new TaskCompletionSource());
        await using var registry = await RegistryDouble.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref inside) == 5)
            {
                go.TrySetResult();
            }

            await go.Task;
            await TooMany(context, "60");
        });
        await using var client = Clients.New(new RegistryClientOptions { OnCoolDown = told.Add }, new ManualTime());
        await Task.WhenAll(Enumerable.Range(0, 5).Select(number => Fails(client, registry.Image($"team/app:{number}"))));
        told.ShouldHaveSingleItem().Registry.ShouldBe(registry.Host);
    }

    [Fact]
    public async Task Polls_leave_a_registry_alone_that_does_not_answer_and_people_still_ask()
    {
        var time = new ManualTime();
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await using var client = Clients.New(time: time);
        var first = await Fails(client, registry.Image(), poll);
        var asked = registry.Requests.Count;
        var second = await Fails(client, registry.Image("other/image:1"), poll);
        (second.WasNotSent, second.Failure, second.IsTransient).ShouldBe((true, RegistryFailure.Unreachable, true));
        second.Message[second.Subject.Length..].ShouldBe(first.Message[first.Subject.Length..]);
        second.RetryAfter!.Value.ShouldBeInRange(TimeSpan.FromSeconds(3.7), TimeSpan.FromSeconds(6.3));
        registry.Requests.Count.ShouldBe(asked);

        await Fails(client, registry.Image());
        registry.Requests.Count.ShouldBeGreaterThan(asked);
        var pauses = new List<TimeSpan>();
        for (var times = 0; times < 12; times++)
        {
            var pause = client.TrafficOf(registry.Host).BackOffUntil!.Value - time.GetUtcNow();
            pauses.Add(pause);
            time.Advance(pause);
            await Fails(client, registry.Image(), poll);
        }

        pauses[^1].ShouldBeInRange(TimeSpan.FromMinutes(7.4), TimeSpan.FromMinutes(12.6));
        registry.Answer = good;
        await client.ResolveAsync(registry.Image(), null, Clients.Cancel);
        client.TrafficOf(registry.Host).ShouldSatisfyAllConditions(
            traffic => traffic.BackOffUntil.ShouldBeNull(), traffic => traffic.LastProblem.ShouldBeNull(), traffic => traffic.LastSuccessAt.ShouldNotBeNull());
    }

    [Fact]
    public async Task A_poll_leaves_the_last_pulls_to_deployments_and_the_limit_is_forgotten_with_its_window()
    {
        var time = new ManualTime();
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            context.Response.Headers["ratelimit-limit"] = "100;w=21600";
            context.Response.Headers["ratelimit-remaining"] = "10;w=21600";
            return SampleImage.Serve(image.Manifest, image)(context);
        });
        await using var client = Clients.New(time: time);
        var reference = registry.Image();
        var platform = new Platform("linux", "amd64", null);
        await client.ResolveAsync(reference, poll, Clients.Cancel);
        client.TrafficOf(registry.Host).Limit.ShouldBe(new RateLimit(100, 10, TimeSpan.FromHours(6), null));
        var refused = await Should.ThrowAsync<RegistryException>(() => client.ReadConfigurationAsync(reference, platform, poll, Clients.Cancel));
        (refused.Failure, refused.WasNotSent).ShouldBe((RegistryFailure.RateLimited, true));
        refused.Message.ShouldContain("10 more pulls");
        await client.ResolveAsync(reference, poll, Clients.Cancel);
        registry.Requests.ShouldAllBe(request => request.Method == "HEAD");

        await client.ReadConfigurationAsync(reference, platform, null, Clients.Cancel);
        time.Advance(TimeSpan.FromHours(6));
        client.TrafficOf(registry.Host).Limit.ShouldBeNull();
        await client.ReadConfigurationAsync(reference, platform, poll, Clients.Cancel);
    }

    [Fact]
    public async Task No_more_requests_are_under_way_than_the_pace_allows()
    {
        var (inside, most) = (0, 0);
        await using var registry = await RegistryDouble.StartAsync(async context =>
        {
            var now = Interlocked.Increment(ref inside);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            await good(context);
        });
        await using var client = Clients.New(new RegistryClientOptions { PaceOf = _ => new RegistryPace(3, 10_000, 10_000) });
        await Task.WhenAll(Enumerable.Range(0, 60).Select(number => client.ResolveAsync(registry.Image($"team/app:{number}"), null, Clients.Cancel)));
        registry.Requests.Count.ShouldBe(60);
        most.ShouldBeInRange(1, 3);
    }

    [Fact]
    public async Task After_a_burst_requests_go_at_the_rate_and_whoever_gives_up_takes_no_turn()
    {
        var time = new ManualTime();
        await using var registry = await RegistryDouble.StartAsync(good);
        await using var client = Clients.New(new RegistryClientOptions { PaceOf = _ => new RegistryPace(1, 0.5, 2) }, time);
        await client.ResolveAsync(registry.Image("a/a:1"), null, Clients.Cancel);
        await client.ResolveAsync(registry.Image("a/a:2"), null, Clients.Cancel);
        using var giveUp = new CancellationTokenSource();
        var paced = client.ResolveAsync(registry.Image("a/a:3"), null, Clients.Cancel);
        var queued = client.ResolveAsync(registry.Image("a/a:4"), null, giveUp.Token);
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(queued);
        paced.IsCompleted.ShouldBeFalse();
        registry.Requests.Count.ShouldBe(2);
        time.Advance(TimeSpan.FromSeconds(2));
        await paced;
        registry.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task One_place_is_enough_for_signing_in_and_for_lists()
    {
        var server = new TokenServer(context => context.Request.Path.Value!.EndsWith("/tags/list", StringComparison.Ordinal)
            ? context.Request.Query.ContainsKey("n") ? context.Status(400) : context.Json("""{"tags":["a"]}""")
            : good(context));
        await using var registry = await RegistryDouble.StartAsync(server.HandleAsync);
        await using var client = Clients.New(new RegistryClientOptions { PaceOf = _ => new RegistryPace(1, 1_000, 1_000) });
        await client.ResolveAsync(registry.Image(), null, Clients.Cancel);
        (await client.ListTagsAsync(registry.Image(), null, Clients.Cancel).ToListAsync()).ShouldBe(["a"]);
    }

    [Fact]
    public async Task A_cool_down_of_an_earlier_run_goes_on_and_is_bounded()
    {
        var time = new ManualTime();
        await using var registry = await RegistryDouble.StartAsync(good);
        await using var client = Clients.New(time: time);
        client.CoolDown(registry.Host, time.GetUtcNow().AddDays(300), "It said so.");
        (await Fails(client, registry.Image())).Message.ShouldContain("It said so.");
        client.TrafficOf(registry.Host).CoolDownUntil.ShouldBe(time.GetUtcNow().AddHours(6));
        registry.Requests.ShouldBeEmpty();
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private static Task TooMany(HttpContext context, string? retryAfter)
    {
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        return context.Json("""{"errors":[{"code":"TOOMANYREQUESTS","message":"slow down"}]}""", 429);
    }

    private static Task<RegistryException> Fails(RegistryClient client, ImageReference reference, RegistryAccess? access = null) =>
        Should.ThrowAsync<RegistryException>(() => client.ResolveAsync(reference, access, Clients.Cancel));
}
