using Plimsoll.Decisions;
using Plimsoll.Decisions.Containers;
using Plimsoll.Decisions.Pending;
using Plimsoll.Inventory.Containers;
using static Plimsoll.Tests.Inventory.InventoryWorld;

namespace Plimsoll.Tests.Inventory;

public sealed class QuietContainerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_snoozed_container_is_skipped_until_the_quiet_is_over_and_others_of_the_image_are_not()
    {
        await using var world = await CreateAsync();
        var id = await AskAsync(world, "web");
        var until = world.Stores.Time.GetUtcNow().AddDays(2);

        (await Quieting(world).SnoozeAsync(id, until, "ada", Token)).Refusal.ShouldBeNull();

        var finding = world.Findings.All()["web"];
        (finding.Status, finding.ReasonCode, finding.LookAgainAt).ShouldBe((ContainerStatus.Skipped, ReasonCode.Snoozed, until));
        (await world.JudgeAsync(Container("other"), Has("new")))!.Status.ShouldBe(ContainerStatus.UpdateAvailable);
        world.Stores.Quiet.Snoozes(null, null).ShouldHaveSingleItem().Container.ShouldBe("web");
        world.Stores.Quiet.Snoozes(null, [1]).ShouldBeEmpty("who is restricted to projects hears nothing of containers that belong to none");

        world.Stores.Time.Advance(TimeSpan.FromDays(2));
        (await world.JudgeAsync(Container("web"), Has("new")))!.Status.ShouldBe(ContainerStatus.UpdateAvailable);
    }

    [Fact]
    public async Task A_skipped_version_is_left_out_until_another_comes_or_somebody_takes_it_back()
    {
        await using var world = await CreateAsync();
        var id = await AskAsync(world, "web");

        (await Quieting(world).SkipAsync(id, wholeTag: false, "ada", Token)).Refusal.ShouldBeNull();
        world.Findings.All()["web"].ReasonCode.ShouldBe(ReasonCode.VersionSkipped);
        (await world.JudgeAsync(Container("web"), Has("newer")))!.Status.ShouldBe(ContainerStatus.UpdateAvailable);

        (await Quieting(world).EndSkipAsync(id, "ada", Token)).Refusal.ShouldBeNull();
        (await world.JudgeAsync(Container("web"), Has("new")))!.Status.ShouldBe(ContainerStatus.UpdateAvailable);
        (await Quieting(world).EndSkipAsync(id, "ada", Token)).Refusal!.Status.ShouldBe(404);
    }

    private static async Task<long> AskAsync(InventoryWorld world, string name)
    {
        await world.JudgeAsync(Container(name), Has("new"));
        return world.Stores.Decisions.List(new DecisionFilter(Container: name), 1)[0].Id;
    }

    private static Quieting Quieting(InventoryWorld world) => new(
        world.Stores.Apps.Store, world.Stores.Decisions, world.Stores.Pending, world.Stores.Quiet, world.Stores.Waiting, world.Stores.Intake, new Look(world), world.Stores.Apps.Events);

    /// <summary>The one container there is, without an engine to ask for it.</summary>
    private sealed class Look(InventoryWorld world) : IContainerLook
    {
        public async Task JudgeAgainAsync(string container, CancellationToken cancellationToken)
        {
            var before = world.Findings.All()[container];
            await world.JudgeAsync(Container(container), new RemoteLook(before.Tag, before.RemoteDigest), before.CheckedAt);
        }
    }
}
