using Plimsoll.Candidates;
using Plimsoll.Decisions;
using Plimsoll.Tests.Deployments.Support;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Deployments;

public sealed class CandidateIntakeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_candidate_ten_times_at_once_is_one_deployment_and_ten_decisions()
    {
        await using var world = await DeploymentsStore.CreateAsync();

        var judgements = (await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Task.Run(
            () => world.Intake.JudgeAsync(Given.Candidate("v1") with { DeliveryId = $"delivery-{number}" }, Token), Token)))).SelectMany(list => list).ToList();

        var deployment = world.Deployments.List(null, null, null, 100).ShouldHaveSingleItem();
        judgements.Count(judgement => judgement.Verdict == Verdict.Deploy).ShouldBe(1);
        judgements.Select(judgement => judgement.DeploymentId).Distinct().ShouldBe([deployment.Id], "the others are pointed to the one");
        judgements.Count(judgement => judgement.ReasonCode == ReasonCode.AlreadyUnderWay).ShouldBe(9);
        world.Decisions.List(new DecisionFilter(), 100).Select(decision => decision.DeliveryId).Distinct().Count().ShouldBe(10);
    }

    [Fact]
    public async Task Of_two_messages_the_one_that_came_in_last_wins_whichever_is_decided_first()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var older = Given.Candidate("v1") with { AskedAt = Given.Now };
        var newer = Given.Candidate("v2") with { AskedAt = Given.Now.AddMilliseconds(1) };

        await world.Intake.JudgeAsync(newer, Token);
        var judgement = (await world.Intake.JudgeAsync(older, Token)).ShouldHaveSingleItem();

        judgement.ReasonCode.ShouldBe(ReasonCode.Overtaken);
        world.Deployments.List(null, null, null, 100).ShouldHaveSingleItem().Artifact.Tag.ShouldBe("v2");
        (await world.Intake.JudgeAsync(older with { Trigger = CandidateTrigger.Manual, AskedAt = null }, Token)).ShouldHaveSingleItem()
            .Verdict.ShouldBe(Verdict.Deploy, "a person who asks now asks last");
    }

    [Fact]
    public async Task A_poll_that_sees_the_same_again_is_put_on_record_once()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var polled = Given.Candidate("v1", CandidateTrigger.Poll) with { StageId = world.Stage.Id };

        for (var round = 0; round < 5; round++)
        {
            await world.Intake.JudgeAsync(polled, Token);
        }

        world.Decisions.List(new DecisionFilter(), 100).Select(decision => decision.ReasonCode).ShouldBe(
            [ReasonCode.AlreadyUnderWay, ReasonCode.Matches], "the deployment, and once that it is under way");
    }

    [Fact]
    public async Task Two_stages_that_want_a_tag_are_both_judged()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        await world.AddStageAsync(Given.Stage with { Name = "canary", TagPattern = "v1*" });
        await world.AddStageAsync(Given.Stage with { Name = "prod", AutoDeploy = false });

        var judgements = await world.Intake.JudgeAsync(Given.Candidate("v1"), Token);

        judgements.Select(judgement => (judgement.Stage, judgement.Verdict)).ShouldBe([("rel", Verdict.Deploy), ("canary", Verdict.Deploy), ("prod", Verdict.Ask)]);
        world.Deployments.StagesWithWork().Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_no_project_runs_is_put_on_record_as_that()
    {
        await using var world = await DeploymentsStore.CreateAsync();

        var judgement = (await world.Intake.JudgeAsync(
            Given.Candidate("v1") with { Artifact = Given.Artifact("v1") with { Repository = "docker.io/library/nginx" } }, Token)).ShouldHaveSingleItem();

        (judgement.Verdict, judgement.ReasonCode).ShouldBe((Verdict.Skip, ReasonCode.NoProject));
        world.Decisions.List(new DecisionFilter(Repository: "docker.io/library/nginx"), 10).ShouldHaveSingleItem().Reason.ShouldBe(judgement.Reason);
    }

    [Fact]
    public async Task Another_digest_under_a_tag_lifts_the_block_on_the_old_one()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var bad = Given.Artifact("v1", "bad");
        await world.WriteAsync(scope => world.Blocks.Add(scope, world.Stage.Id, bad.Repository, new BlockedDigest(bad.Digest, "v1", "It fell over.", "abc"), "unhealthy"));
        (await world.Intake.JudgeAsync(Given.Candidate("v1") with { Artifact = bad }, Token))[0].ReasonCode.ShouldBe(ReasonCode.DigestBlocked);

        (await world.Intake.JudgeAsync(Given.Candidate("v1") with { Artifact = Given.Artifact("v1", "repaired") }, Token))[0].Verdict.ShouldBe(Verdict.Deploy);

        world.Blocks.List().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stage_that_was_asked_for_and_is_gone_is_an_answer_and_no_error()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        await world.WriteAsync(scope => world.Apps.Stages.Remove(scope, world.Stage.Id));

        var judgement = (await world.Intake.JudgeAsync(Given.Candidate("v1") with { StageId = world.Stage.Id }, Token)).ShouldHaveSingleItem();

        judgement.ReasonCode.ShouldBe(ReasonCode.NoStage);
    }

    /// <summary>Looking up and deciding are two moments: what was changed between them must count.</summary>
    [Fact]
    public async Task A_stage_that_is_switched_off_while_a_candidate_waits_for_its_turn_does_not_deploy_it()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        Task<IReadOnlyList<Judgement>> judging = null!;

        await world.WriteAsync(scope =>
        {
            judging = world.Intake.JudgeAsync(Given.Candidate("v1"), Token);
            world.Apps.Stages.Update(scope, world.Stage with { AutoDeploy = false });
        });

        (await judging).ShouldHaveSingleItem().ReasonCode.ShouldBe(ReasonCode.AutoDeployOff);
    }
}
