using Plimsoll.Candidates;
using Plimsoll.Registry;
using Plimsoll.Tests.Apps.Support;
using Plimsoll.Tests.Registry;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Candidates;

public sealed class RegistryDeskTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_questions_at_once_are_few_requests()
    {
        await using var apps = await AppsStore.CreateAsync();
        await using var shelf = await TagShelf.StartAsync("v1");
        await using var client = Clients.New();
        var desk = apps.Desk(client);
        var go = new TaskCompletionSource();
        shelf.BeforeTag = async _ =>
        {
            await go.Task;
            return 200;
        };

        var asking = Enumerable.Range(0, 10).Select(_ => desk.ResolveAsync(ImageReference.Parse($"{shelf.Repository}:v1"), null, Token)).ToList();
        go.SetResult();

        (await Task.WhenAll(asking)).ShouldAllBe(digest => digest == Given.Digest("v1"));
        shelf.Asked("v1").ShouldBe(2);
    }

    /// <summary>The second message may be the only one that says that the tag has moved.</summary>
    [Fact]
    public async Task Nobody_gets_an_answer_that_was_on_its_way_before_they_asked()
    {
        await using var apps = await AppsStore.CreateAsync();
        await using var shelf = await TagShelf.StartAsync("v1");
        await using var client = Clients.New();
        var desk = apps.Desk(client);
        var reference = ImageReference.Parse($"{shelf.Repository}:v1");
        var (arrived, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        shelf.BeforeTag = async _ =>
        {
            arrived.TrySetResult();
            await go.Task;
            return 200;
        };
        var before = desk.ResolveAsync(reference, null, Token);
        await arrived.Task.WaitAsync(Token);

        shelf.Contents["v1"] = "moved";
        var after = desk.ResolveAsync(reference, null, Token);
        go.SetResult();

        (await before).ShouldBe(Given.Digest("v1"));
        (await after).ShouldBe(Given.Digest("moved"));
    }

    [Fact]
    public async Task A_refusal_is_not_remembered_and_a_pinned_digest_is_not_asked_for()
    {
        await using var apps = await AppsStore.CreateAsync();
        await using var shelf = await TagShelf.StartAsync();
        await using var client = Clients.New();
        var desk = apps.Desk(client);
        var reference = ImageReference.Parse($"{shelf.Repository}:v1");
        await Should.ThrowAsync<RegistryException>(() => desk.ResolveAsync(reference, null, Token));

        shelf.Contents["v1"] = "v1";

        (await desk.ResolveAsync(reference, null, Token)).ShouldBe(Given.Digest("v1"));
        (await desk.ResolveAsync(reference.WithDigest(Given.Digest("pinned")), null, Token)).ShouldBe(Given.Digest("pinned"));
    }

    [Fact]
    public async Task A_poll_takes_an_answer_of_moments_ago_and_a_person_never_does()
    {
        await using var apps = await AppsStore.CreateAsync();
        await using var shelf = await TagShelf.StartAsync("v1");
        await using var client = Clients.New();
        var time = new ManualTimeProvider();
        var desk = apps.Desk(client, time);
        var reference = ImageReference.Parse($"{shelf.Repository}:v1");
        await desk.ResolveAsync(reference, null, Freshness.Poll, Token);
        shelf.Contents["v1"] = "moved";
        (await desk.ResolveAsync(reference, null, Freshness.Poll, Token)).ShouldBe(Given.Digest("v1"));
        shelf.Asked("v1").ShouldBe(1);
        (await desk.ResolveAsync(reference, null, Freshness.Now, Token)).ShouldBe(Given.Digest("moved"));
        (await desk.ResolveAsync(reference, null, Freshness.Poll, Token)).ShouldBe(Given.Digest("moved"));
        shelf.Asked("v1").ShouldBe(2);

        shelf.Contents["v1"] = "again";
        time.Advance(TimeSpan.FromSeconds(30));
        (await desk.ResolveAsync(reference, null, Freshness.Poll, Token)).ShouldBe(Given.Digest("again"));
    }

    [Fact]
    public async Task A_no_is_not_asked_again_by_polls_for_a_while_and_any_change_by_a_person_forgets_it()
    {
        await using var apps = await AppsStore.CreateAsync();
        await using var shelf = await TagShelf.StartAsync();
        await using var client = Clients.New();
        var time = new ManualTimeProvider();
        var desk = apps.Desk(client, time);
        var reference = ImageReference.Parse($"{shelf.Repository}:v1");
        var first = await Should.ThrowAsync<RegistryException>(() => desk.ResolveAsync(reference, null, Freshness.Poll, Token));
        shelf.Contents["v1"] = "v1";
        var second = await Should.ThrowAsync<RegistryException>(() => desk.ResolveAsync(reference, null, Freshness.Poll, Token));
        (second.Message, second.Failure).ShouldBe((first.Message, first.Failure));
        shelf.Asked("v1").ShouldBe(1);

        await apps.Changes.UpdateSettingsAsync(settings => settings with { WatchSeconds = 7 }, Token);
        await desk.ResolveAsync(reference, null, Freshness.Poll, Token);
        shelf.Contents.Remove("v1");
        time.Advance(TimeSpan.FromSeconds(30));
        await Should.ThrowAsync<RegistryException>(() => desk.ResolveAsync(reference, null, Freshness.Poll, Token));
        shelf.Contents["v1"] = "v1";
        time.Advance(TimeSpan.FromMinutes(4));
        await desk.ResolveAsync(reference, null, Freshness.Poll, Token);
    }

    [Fact]
    public async Task Polls_share_the_question_that_is_under_way()
    {
        await using var apps = await AppsStore.CreateAsync();
        await using var shelf = await TagShelf.StartAsync("v1");
        await using var client = Clients.New();
        var desk = apps.Desk(client);
        var (arrived, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        shelf.BeforeTag = async _ =>
        {
            arrived.TrySetResult();
            await go.Task;
            return 200;
        };
        var reference = ImageReference.Parse($"{shelf.Repository}:v1");
        var asking = Enumerable.Range(0, 10).Select(_ => desk.ResolveAsync(reference, null, Freshness.Poll, Token)).ToList();
        await arrived.Task.WaitAsync(Token);
        go.SetResult();
        await Task.WhenAll(asking);
        shelf.Asked("v1").ShouldBe(1);
    }
}
