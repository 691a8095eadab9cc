using Plimsoll.Candidates;
using Plimsoll.Plumbing.Database;
using Plimsoll.Tests.Apps.Support;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Candidates;

public sealed class DeliveryStoreTests
{
    private static readonly Judgement Yes = new(Verdict.Deploy, "matches", "v1 matches.", "shop", "rel", "abc");

    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_inbox_takes_no_more_until_something_is_decided()
    {
        await using var apps = await AppsStore.CreateAsync();
        var inbox = new DeliveryStore(apps.Store, _time);
        await apps.Store.WriteAsync(
            scope => scope.Execute(
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @Most) INSERT INTO deliveries (id, received_at, image, sender, next_attempt_at) SELECT 'd' || i, 0, 'shop:v1', 'tests', 0 FROM n",
                new { Most = DeliveryStore.MostUndecided }),
            Token);

        (await inbox.AddAsync("shop:v2", "tests", Token)).ShouldBeNull();
        await inbox.DecideAsync("d1", Yes, Token);
        (await inbox.AddAsync("shop:v2", "tests", Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_is_due_comes_oldest_first_and_what_is_postponed_later()
    {
        await using var apps = await AppsStore.CreateAsync();
        var inbox = new DeliveryStore(apps.Store, _time);
        var first = await AddAsync(inbox, "v1");
        var second = await AddAsync(inbox, "v2");
        var third = await AddAsync(inbox, "v3");
        Due(inbox).ShouldBe([first, second, third]);
        inbox.Due(2).Count.ShouldBe(2);

        await inbox.PostponeAsync(first, "registry-unreachable", "Not now.", _time.GetUtcNow() + TimeSpan.FromMinutes(1), Token);
        await inbox.DecideAsync(second, Yes, Token);

        Due(inbox).ShouldBe([third]);
        var postponed = inbox.Find(first)!;
        (postponed.Decision, postponed.ReasonCode, postponed.Attempts, postponed.DecidedAt).ShouldBe(("wait", "registry-unreachable", 1, null));
        await inbox.DecideAsync(third, Yes, Token);
        inbox.NextDue().ShouldBe(_time.GetUtcNow() + TimeSpan.FromMinutes(1));
        _time.Advance(TimeSpan.FromMinutes(1));
        Due(inbox).ShouldBe([first]);
    }

    [Fact]
    public async Task Messages_of_one_instant_and_those_after_the_clock_was_set_back_have_an_order()
    {
        await using var apps = await AppsStore.CreateAsync();
        var inbox = new DeliveryStore(apps.Store, _time);
        string[] sent = [await AddAsync(inbox, "v1"), await AddAsync(inbox, "v2")];
        var clockSetBack = new ManualTimeProvider();
        _time.Advance(TimeSpan.FromHours(1));
        var later = await AddAsync(inbox, "v3");

        var afterRestart = await AddAsync(new DeliveryStore(apps.Store, clockSetBack), "v4");

        string[] all = [.. sent, later, afterRestart];
        all.Select(id => inbox.Find(id)!.ReceivedAt).ShouldBeInOrder(SortDirection.Ascending);
        all.Select(id => inbox.Find(id)!.ReceivedAt).ShouldBeUnique();
    }

    [Fact]
    public async Task What_was_decided_stays_decided()
    {
        await using var apps = await AppsStore.CreateAsync();
        var inbox = new DeliveryStore(apps.Store, _time);
        var id = await AddAsync(inbox, "v1");
        await inbox.DecideAsync(id, Yes, Token);

        await inbox.DecideAsync(id, Yes with { Verdict = Verdict.Skip, DeploymentId = null }, Token);
        await inbox.PostponeAsync(id, "late", "Too late.", _time.GetUtcNow(), Token);

        var decided = inbox.Find(id)!;
        (decided.Decision, decided.DeploymentId, decided.ReasonCode).ShouldBe(("deploy", "abc", "matches"));
        inbox.NextDue().ShouldBeNull();
    }

    [Fact]
    public async Task Nothing_is_lost_when_the_store_is_opened_again()
    {
        await using var apps = await AppsStore.CreateAsync();
        var id = await AddAsync(new DeliveryStore(apps.Store, _time), "v1");
        await apps.Store.DisposeAsync();

        await using var again = new Store(apps.Store.Path);

        Due(new DeliveryStore(again, _time)).ShouldBe([id]);
    }

    [Fact]
    public async Task Every_change_is_signalled()
    {
        await using var apps = await AppsStore.CreateAsync();
        var inbox = new DeliveryStore(apps.Store, _time);
        var added = inbox.Changed.Next;
        var id = await AddAsync(inbox, "v1");
        added.IsCompleted.ShouldBeTrue();
        var decided = inbox.Changed.Next;

        await inbox.DecideAsync(id, Yes, Token);

        decided.IsCompleted.ShouldBeTrue();
    }

    private static IReadOnlyList<string> Due(DeliveryStore inbox) => [.. inbox.Due(100).Select(delivery => delivery.Id)];

    private async Task<string> AddAsync(DeliveryStore inbox, string tag)
    {
        _time.Advance(TimeSpan.FromMilliseconds(1));
        return (await inbox.AddAsync($"docker.io/acme/shop:{tag}", "tests", Token))!.Id;
    }
}
