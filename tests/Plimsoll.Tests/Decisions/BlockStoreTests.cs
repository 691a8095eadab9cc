using Plimsoll.Decisions;
using Plimsoll.Tests.Deployments.Support;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Decisions;

public sealed class BlockStoreTests
{
    [Fact]
    public async Task A_block_holds_for_its_stage_and_its_digest_under_any_tag()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var other = await world.AddStageAsync(Given.Stage with { Name = "prod" });
        await BlockAsync(world, "v1", "bad");

        (await FindAsync(world, world.Stage.Id, "bad"))!.Reason.ShouldBe("It fell over.");
        (await FindAsync(world, world.Stage.Id, "good")).ShouldBeNull();
        (await FindAsync(world, other.Id, "bad")).ShouldBeNull();
    }

    [Fact]
    public async Task It_survives_until_another_digest_appears_under_its_tag()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        await BlockAsync(world, "v1", "bad");
        await BlockAsync(world, "v2", "worse");

        (await world.WriteAsync(scope => BlockStore.ForgetOthersUnderTag(scope, world.Stage.Id, "v1", Given.Digest("bad")))).ShouldBe(0, "the same digest again");
        (await world.WriteAsync(scope => BlockStore.ForgetOthersUnderTag(scope, world.Stage.Id, "v3", Given.Digest("new")))).ShouldBe(0, "another tag");
        (await world.WriteAsync(scope => BlockStore.ForgetOthersUnderTag(scope, world.Stage.Id, "v1", Given.Digest("new")))).ShouldBe(1);

        world.Blocks.List().ShouldHaveSingleItem().Tag.ShouldBe("v2");
    }

    [Fact]
    public async Task A_person_lifts_one_or_all()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        await BlockAsync(world, "v1", "bad");
        await BlockAsync(world, "v2", "worse");
        await BlockAsync(world, "v3", "worst");

        (await world.WriteAsync(scope => BlockStore.Lift(scope, world.Stage.Id, Given.Digest("bad")))).ShouldBe(1);
        (await world.WriteAsync(scope => BlockStore.Lift(scope, world.Stage.Id, Given.Digest("bad")))).ShouldBe(0);
        (await world.WriteAsync(scope => BlockStore.Lift(scope, world.Stage.Id, null))).ShouldBe(2);
    }

    [Fact]
    public async Task The_same_digest_rolled_back_again_keeps_the_newest_reason()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        await BlockAsync(world, "v1", "bad");
        world.Time.Advance(TimeSpan.FromHours(1));

        await BlockAsync(world, "v1", "bad", "It fell over again.");

        var block = world.Blocks.List().ShouldHaveSingleItem();
        block.Reason.ShouldBe("It fell over again.");
        block.BlockedAt.ShouldBe(world.Time.GetUtcNow());
    }

    private static Task BlockAsync(DeploymentsStore world, string tag, string content, string reason = "It fell over.") =>
        world.WriteAsync(scope => world.Blocks.Add(scope, world.Stage.Id, Given.Project.Repository, new BlockedDigest(Given.Digest(content), tag, reason, "abc"), "unhealthy"));

    private static Task<BlockedDigest?> FindAsync(DeploymentsStore world, long stageId, string content) =>
        world.WriteAsync(scope => BlockStore.Find(scope, stageId, Given.Digest(content)));
}
