using System.Net;
using Plimsoll.Access;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Access;

public sealed class ThrottleTests
{
    [Fact]
    public async Task After_five_failures_the_pair_of_name_and_address_must_wait()
    {
        await using var app = await AccessApp.StartAsync();
        await FailFiveTimesAsync(app);
        app.Time.Advance(TimeSpan.FromSeconds(20));

        var refused = await app.LoginAsync();
        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Code.ShouldBe(42900);
        refused.Header("Retry-After").ShouldBe("40");
        (await app.LoginAsync("ADMIN")).Code.ShouldBe(42900);

        app.Time.Advance(TimeSpan.FromSeconds(40));
        (await app.LoginAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Owner_gets_in_from_another_address_while_somebody_guesses()
    {
        await using var app = await AccessApp.StartAsync();
        var session = await app.SignInAsync();
        await FailFiveTimesAsync(app, from: "127.0.0.66");
        (await app.LoginAsync(from: "127.0.0.66")).Code.ShouldBe(42900);
        (await app.LoginAsync()).Status.ShouldBe(HttpStatusCode.OK);
        (await app.GetAsync("/api/auth/me", cookie: session, from: "127.0.0.66")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_name_from_the_same_address_is_not_held_up()
    {
        await using var app = await AccessApp.StartAsync();
        await FailFiveTimesAsync(app);
        (await app.LoginAsync("nobody")).Code.ShouldBe(40100);
    }

    [Fact]
    public async Task Basic_counts_in_the_same_book_and_a_remembered_password_is_no_way_round()
    {
        await using var app = await AccessApp.StartAsync();
        (await app.GetAsync("/api/auth/me", AccessApp.Basic("admin", AccessApp.Password))).Status.ShouldBe(HttpStatusCode.OK);
        for (var i = 0; i < 5; i++)
        {
            (await app.GetAsync("/api/auth/me", AccessApp.Basic("admin", "guess " + i))).Code.ShouldBe(40100);
        }

        var refused = await app.GetAsync("/api/auth/me", AccessApp.Basic("admin", AccessApp.Password));
        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Header("Retry-After").ShouldBe("60");
        refused.Header("WWW-Authenticate").ShouldBeNull();
        (await app.LoginAsync()).Code.ShouldBe(42900);
    }

    [Fact]
    public async Task Many_guesses_at_once_count_like_one_after_another()
    {
        await using var app = await AccessApp.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => app.LoginAsync(password: "guess " + i)));
        answers.Count(answer => answer.Code == 40100).ShouldBeInRange(5, 5 + Environment.ProcessorCount);
        answers.Count(answer => answer.Code == 42900).ShouldBe(20 - answers.Count(answer => answer.Code == 40100));
    }

    [Fact]
    public async Task Success_in_between_gives_no_fresh_start()
    {
        await using var app = await AccessApp.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            (await app.LoginAsync()).Status.ShouldBe(HttpStatusCode.OK);
            (await app.LoginAsync(password: "not the password")).Code.ShouldBe(40100);
        }

        (await app.LoginAsync()).Code.ShouldBe(42900);
    }

    [Fact]
    public void One_ipv6_network_counts_as_one_address()
    {
        var throttle = new SignInThrottle(new ManualTimeProvider());
        for (var i = 1; i <= 5; i++)
        {
            throttle.CountFailure("admin", IPAddress.Parse($"2001:db8::{i}"));
        }

        throttle.ClosedFor("admin", IPAddress.Parse("2001:db8::99")).ShouldBe(TimeSpan.FromMinutes(1));
        throttle.ClosedFor("admin", IPAddress.Parse("2001:db8:0:1::99")).ShouldBeNull();
        throttle.ClosedFor("admin", null).ShouldBeNull();
    }

    [Fact]
    public void Flood_of_names_does_not_fill_the_memory()
    {
        var throttle = new SignInThrottle(new ManualTimeProvider());
        for (var i = 0; i < 30_000; i++)
        {
            throttle.CountFailure("name " + i, IPAddress.Loopback);
        }

        throttle.Pairs.ShouldBeLessThanOrEqualTo(10_000);
    }

    private static async Task FailFiveTimesAsync(AccessApp app, string? from = null)
    {
        for (var i = 0; i < 5; i++)
        {
            (await app.LoginAsync(password: "not the password", from: from)).Code.ShouldBe(40100);
        }
    }
}
