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
}
