using Plimsoll.Candidates;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Pending;
using Plimsoll.Tests.Deployments.Support;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Decisions.Pending;

public sealed class QuietingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_snoozed_is_not_heard_of_and_is_asked_again_when_the_quiet_is_over()
    {
        await using var world = await ApprovalTests.CreateAsync();
        await ApprovalTests.SeeAsync(world, "v1");
        var id = ApprovalTests.Open(world)[0].Id;
        var until = world.Time.GetUtcNow().AddDays(2);
        (await Quieting(world).SnoozeAsync(id, until, "ada", Token)).Refusal.ShouldBeNull();

        ApprovalTests.Open(world).ShouldBeEmpty();
        world.Quiet.Snoozes(null, null).ShouldHaveSingleItem().DecisionId.ShouldBe(id);
        (await ApprovalTests.SeeAsync(world, "v2")).ReasonCode.ShouldBe(ReasonCode.Snoozed);
        (await ApprovalTests.Approvals(world).ApproveAsync(id, "bob", false, null, Token)).Refusal!.Message.ShouldContain("ada snoozed");

        world.Time.Advance(TimeSpan.FromDays(2));
        foreach (var waiting in world.Waiting.List())
        {
            (await world.Intake.JudgeAsync(waiting.ToCandidate(), Token))[0].Verdict.ShouldBe(Verdict.Ask);
        }

        ApprovalTests.Open(world).Select(question => question.Tag).ShouldBe(["v1", "v2"], ignoreOrder: true);
        world.Events.After(0).Count(one => one.Kind == "decision-waits").ShouldBe(3, "v1 once before and once after, v2 after");
    }

    [Fact]
    public async Task A_snooze_that_is_taken_back_asks_at_once()
    {
        await using var world = await ApprovalTests.CreateAsync();
        await ApprovalTests.SeeAsync(world, "v1");
        var id = ApprovalTests.Open(world)[0].Id;
        await Quieting(world).SnoozeAsync(id, world.Time.GetUtcNow().AddDays(2), "ada", Token);
        await ApprovalTests.SeeAsync(world, "v2");

        (await Quieting(world).EndSnoozeAsync(id, "ada", Token)).Refusal.ShouldBeNull();
        ApprovalTests.Open(world).Select(question => question.Tag).ShouldBe(["v1", "v2"], ignoreOrder: true);
        (await Quieting(world).EndSnoozeAsync(id, "ada", Token)).Refusal!.Status.ShouldBe(404);
    }

    [Theory]
    [InlineData(false, "ask")]
    [InlineData(true, "skip")]
    public async Task A_version_is_left_out_by_its_digest_or_by_its_tag_until_it_is_wanted_again(bool wholeTag, string ofAnother)
    {
        await using var world = await ApprovalTests.CreateAsync();
        await ApprovalTests.SeeAsync(world, "v1");
        var id = ApprovalTests.Open(world)[0].Id;
        (await Quieting(world).SkipAsync(id, wholeTag, "ada", Token)).Refusal.ShouldBeNull();

        ApprovalTests.Open(world).ShouldBeEmpty();
        (await ApprovalTests.SeeAsync(world, "v1")).ReasonCode.ShouldBe(ReasonCode.VersionSkipped);
        (await ApprovalTests.SeeAsync(world, "v2")).Verdict.ShouldBe(Verdict.Ask);
        (await Quieting(world).EndSkipAsync(id, "ada", Token)).Refusal.ShouldBeNull();
        ApprovalTests.Open(world).Select(question => question.Tag).ShouldBe(["v1", "v2"], ignoreOrder: true);

        await Quieting(world).SkipAsync(id, wholeTag, "ada", Token);
        (await ApprovalTests.SeeAsync(world, "v1", "another")).Verdict.ToString().ToLowerInvariant().ShouldBe(ofAnother);
    }

    [Fact]
    public async Task Where_a_stage_deploys_by_itself_what_was_snoozed_is_deployed_when_it_is_taken_back()
    {
        await using var world = await ApprovalTests.CreateAsync(stage => stage with { AutoDeploy = true });
        await ApprovalTests.SeeAsync(world, "dev-1");
        var any = world.Decisions.List(new DecisionFilter(), 1)[0].Id;
        await Quieting(world).SnoozeAsync(any, world.Time.GetUtcNow().AddHours(1), "ada", Token);
        (await ApprovalTests.SeeAsync(world, "v1")).ReasonCode.ShouldBe(ReasonCode.Snoozed);
        await Quieting(world).EndSnoozeAsync(any, "ada", Token);
        world.Deployments.List(null, null, null, 10).ShouldHaveSingleItem().Artifact.Tag.ShouldBe("v1");
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_quieted()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        (await Quieting(world).SnoozeAsync(99, world.Time.GetUtcNow().AddDays(1), "ada", Token)).Refusal!.Status.ShouldBe(404);
        await world.Intake.RecordRefusalAsync(new RefusedSighting(Given.Project.Repository, "v9", CandidateTrigger.Webhook, Verdict.Skip, ReasonCode.ImageNotFound, "It is not there.", null), Token);
        (await Quieting(world).SkipAsync(world.Decisions.List(new DecisionFilter(), 1)[0].Id, false, "ada", Token)).Refusal!.Status.ShouldBe(409);
    }

    private static Quieting Quieting(DeploymentsStore world) => new(world.Store, world.Decisions, world.Pending, world.Quiet, world.Waiting, world.Intake, new NoContainers(), world.Events);
}
