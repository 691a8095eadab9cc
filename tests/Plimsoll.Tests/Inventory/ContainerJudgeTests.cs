using Plimsoll.Candidates;
using Plimsoll.Candidates.Images;
using Plimsoll.Decisions;
using Plimsoll.Inventory.Containers;
using Plimsoll.Tests.Support;
using static Plimsoll.Tests.Inventory.InventoryWorld;

namespace Plimsoll.Tests.Inventory;

public sealed class ContainerJudgeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_image_is_on_record_and_told_once_however_often_it_is_seen()
    {
        await using var world = await CreateAsync();
        for (var look = 0; look < 3; look++)
        {
            var finding = (await world.JudgeAsync(Container("web"), Has("new")))!;
            (finding.Status, finding.CurrentDigest, finding.RemoteDigest).ShouldBe((ContainerStatus.UpdateAvailable, Given.Digest("old"), Given.Digest("new")));
        }

        world.Told.ShouldHaveSingleItem().Text.ShouldContain("web: there is another image under registry.example.org/acme/shop:latest");
        var decision = world.Stores.Decisions.List(new DecisionFilter(Container: "web"), 10).ShouldHaveSingleItem();
        (decision.Verdict, decision.ReasonCode, decision.Repository, decision.Tag).ShouldBe(("deploy", ReasonCode.UpdateAvailable, Repository, "latest"));
        world.Stores.Decisions.List(new DecisionFilter(Container: "other"), 10).ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_version_is_told_once_even_when_the_tag_goes_to_and_fro()
    {
        await using var world = await CreateAsync();
        foreach (var content in new[] { "new", "newer", "new", "old", "newer" })
        {
            await world.JudgeAsync(Container("web"), Has(content));
        }

        world.Told.Count.ShouldBe(2);
        world.Stores.Decisions.List(new DecisionFilter(Container: "web"), 10).Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_look_that_began_earlier_does_not_overwrite_a_later_one()
    {
        await using var world = await CreateAsync();
        var began = world.Stores.Time.GetUtcNow();
        await world.JudgeAsync(Container("web"), Has("new"), began.AddSeconds(5));

        (await world.JudgeAsync(Container("web"), Has("old"), began)).ShouldBeNull();

        world.Findings.All()["web"].Status.ShouldBe(ContainerStatus.UpdateAvailable);
    }

    [Theory]
    [InlineData("amd64", "UpToDate", ReasonCode.SameOnThisPlatform)]
    [InlineData("s390x", "UpdateAvailable", ReasonCode.UpdateAvailable)]
    public async Task What_changed_for_another_platform_only_is_no_update(string platform, string status, string code)
    {
        Assert.SkipUnless(ProjectAutoCreation.ThisPlatform().ToString() == "linux/amd64", "The image is one for linux/amd64.");
        await using var world = await CreateAsync();
        var book = new ImageBook(world.Stores.Apps.Store, world.Stores.Time);
        var contents = new ImageContents { PlatformDigest = Given.Digest("the same").ToString() };
        await book.PutAsync(Repository, Given.Digest("old"), contents, null, Token);
        await book.PutAsync(Repository, Given.Digest("new"), contents, null, Token);

        var finding = (await world.JudgeAsync(Container("web", platform: platform), Has("new")))!;

        (finding.Status.ToString(), finding.ReasonCode).ShouldBe((status, code));
    }

    [Fact]
    public async Task A_registry_that_does_not_answer_makes_an_error_with_its_own_reason()
    {
        await using var world = await CreateAsync();

        var finding = (await world.JudgeAsync(Container("web"), new RemoteLook("latest", null, "It wants a sign-in.", ReasonCode.RegistryRefused)))!;

        (finding.Status, finding.ReasonCode).ShouldBe((ContainerStatus.Error, ReasonCode.RegistryRefused));
        finding.Reason.ShouldContain("It wants a sign-in.");
        world.Told.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_image_that_is_gone_is_not_taken_for_one_that_was_built_here()
    {
        await using var world = await CreateAsync();
        var container = Container("web") with { Image = null };

        world.Judge.IsLeftAlone(container).ShouldBeTrue();
        (await world.JudgeAsync(container, RemoteLook.NotAsked))!.ReasonCode.ShouldBe(ReasonCode.ImageGone);
    }

    [Theory]
    [InlineData($"{Repository}:latest", "old", false)]
    [InlineData($"{Repository}:latest", null, true)]
    [InlineData($"{Repository}:1.2.3", "old", true)]
    [InlineData($"{Repository}@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "old", true)]
    [InlineData("sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "old", true)]
    public async Task Who_is_left_alone_anyway_costs_the_registry_nothing(string image, string? running, bool expected)
    {
        await using var world = await CreateAsync();

        world.Judge.IsLeftAlone(Container("web", image, running)).ShouldBe(expected);
    }

    [Fact]
    public async Task A_mistake_in_a_label_is_named()
    {
        await using var world = await CreateAsync();

        var finding = (await world.JudgeAsync(Container("web", labels: ("plimsoll.policy.window", "at night")), Has("new")))!;

        finding.Status.ShouldBe(ContainerStatus.Skipped);
        finding.Reason.ShouldContain("plimsoll.policy.window");
    }

    [Fact]
    public async Task Findings_of_containers_that_are_gone_are_forgotten_and_newer_ones_kept()
    {
        await using var world = await CreateAsync();
        var listedAt = world.Stores.Time.GetUtcNow();
        await world.JudgeAsync(Container("stays"), Has("new"), listedAt);
        await world.JudgeAsync(Container("goes"), Has("new"), listedAt);
        await world.JudgeAsync(Container("came-later"), Has("new"), listedAt.AddSeconds(1));

        await world.Stores.WriteAsync(scope =>
        {
            world.Findings.KeepOnly(scope, new HashSet<string> { "stays" }, listedAt);
            return true;
        });

        world.Findings.All().Keys.ShouldBe(["came-later", "stays"], ignoreOrder: true);
        await world.JudgeAsync(Container("goes"), Has("new"));
        world.Told.Count(one => one.Text.StartsWith("goes:", StringComparison.Ordinal)).ShouldBe(2, "a container that comes back is another one");
    }

    [Fact]
    public async Task Who_waits_is_judged_by_what_is_stored_when_the_time_has_come()
    {
        await using var world = await CreateAsync();
        var container = Container("web", labels: ("plimsoll.policy.window", "0 4 * * * for 2h"));
        var waits = (await world.JudgeAsync(container, Has("new")))!;
        (waits.Status, waits.ReasonCode).ShouldBe((ContainerStatus.UpdateAvailable, ReasonCode.OutsideWindow));
        world.Findings.NextLook().ShouldBe(waits.LookAgainAt);

        world.Stores.Time.Advance(waits.LookAgainAt!.Value - world.Stores.Time.GetUtcNow());
        var stored = world.Findings.All()["web"];
        stored.IsAbout(container).ShouldBeTrue();
        await world.JudgeAsync(container, new RemoteLook(stored.Tag, stored.RemoteDigest), stored.CheckedAt);

        (world.Findings.All()["web"].ReasonCode, world.Findings.NextLook()).ShouldBe((ReasonCode.UpdateAvailable, null));
    }
}
