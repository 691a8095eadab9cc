using Plimsoll.Decisions;
using Plimsoll.Deployments;
using Plimsoll.Deployments.ByHand;
using Plimsoll.Tests.Deployments.Support;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Deployments;

public sealed class InstanceStoreTests
{
    [Fact]
    public async Task What_is_live_is_well_unless_a_person_stopped_it_or_it_is_known_not_to_run()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        await world.AddInstanceAsync("one", "v1", Standing.Live);
        Task<RunningArtifact?> LiveAsync() => world.WriteAsync(scope => InstanceStore.LiveOf(scope, world.Stage.Id));
        (await LiveAsync())!.IsHealthy.ShouldBeTrue();

        await world.WriteAsync(scope => InstanceStore.SetTrouble(scope, "one", "it does not start."));
        (await LiveAsync())!.Trouble.ShouldBe("it does not start.");

        await world.WriteAsync(scope => world.Instances.Move(scope, "one", Wish.None, Wish.Stopped));
        (await LiveAsync())!.Trouble!.ShouldContain("stopped by a person");

        await world.WriteAsync(scope => world.Instances.Move(scope, "one", Wish.Stopped, Wish.None));
        (await LiveAsync())!.IsHealthy.ShouldBeTrue();
    }

    [Fact]
    public async Task What_was_written_is_read()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var written = await world.AddInstanceAsync("one", "v1", Standing.Candidate);

        world.Instances.Find("one").ShouldBe(written with { CreatedAt = world.Time.GetUtcNow() });
        world.Instances.Find("two").ShouldBeNull();
    }

    /// <summary>A step that is taken again after a crash writes the row again.</summary>
    [Fact]
    public async Task Writing_it_twice_changes_nothing()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var instance = await world.AddInstanceAsync("one", "v1", Standing.Candidate);
        await world.WriteAsync(scope => InstanceStore.SetStanding(scope, "one", Standing.Live));

        await world.WriteAsync(scope => world.Instances.Add(scope, instance));

        world.Instances.All().ShouldHaveSingleItem().Standing.ShouldBe(Standing.Live);
    }

    [Fact]
    public async Task Live_is_only_what_stands_so()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        await world.AddInstanceAsync("one", "v1", Standing.Kept);
        await world.AddInstanceAsync("two", "v2", Standing.Candidate);
        (await world.WriteAsync(scope => InstanceStore.LiveOf(scope, world.Stage.Id))).ShouldBeNull();

        await world.WriteAsync(scope => InstanceStore.SetStanding(scope, "two", Standing.Live));

        (await world.WriteAsync(scope => InstanceStore.LiveOf(scope, world.Stage.Id))).ShouldBe(new RunningArtifact("v2", Given.Digest("v2")));
    }

    [Fact]
    public async Task The_instances_of_a_stage_come_in_the_order_of_their_age()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var other = await world.AddStageAsync(Given.Stage with { Name = "prod" });
        await world.AddInstanceAsync("b", "v1", Standing.Kept);
        await world.AddInstanceAsync("elsewhere", "v1", Standing.Live, other);
        await world.AddInstanceAsync("a", "v2", Standing.Live);

        world.Instances.OfStage(world.Stage.Id).Select(instance => instance.Id).ShouldBe(["b", "a"]);
    }
}
