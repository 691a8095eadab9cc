using Plimsoll.Apps;
using Plimsoll.Apps.Policies;
using Plimsoll.Candidates;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Pending;
using Plimsoll.Deployments;
using Plimsoll.Tests.Deployments.Support;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Decisions.Pending;

public sealed class ApprovalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_asks_waits_for_a_person_and_a_yes_deploys_it_once()
    {
        await using var world = await CreateAsync();
        await SeeAsync(world, "v1");
        var question = Open(world).ShouldHaveSingleItem();
        (question.Tag, question.ReasonCode, question.Stage).ShouldBe(("v1", ReasonCode.AutoDeployOff, "rel"));

        var outcome = (await Approvals(world).ApproveAsync(question.Id, "ada", false, "go", Token)).Value!;
        (outcome.Verdict, outcome.ReasonCode).ShouldBe(("deploy", ReasonCode.AskedFor));
        outcome.Reason.ShouldContain("ada approved v1");
        world.Deployments.List(null, null, null, 10).ShouldHaveSingleItem().Id.ShouldBe(outcome.DeploymentId);
        Open(world).ShouldBeEmpty();

        (await Approvals(world).ApproveAsync(question.Id, "ada", false, null, Token)).Value!.DeploymentId.ShouldBe(outcome.DeploymentId, "the same answer again is no second answer");
        var late = (await Approvals(world).DeclineAsync(question.Id, "bob", null, Token)).Refusal!;
        late.Status.ShouldBe(409);
        late.Message.ShouldContain("ada approved v1");
        world.Events.After(0).Select(one => one.Kind).ShouldBe(["decision-waits", "decision-approved"]);
    }

    [Fact]
    public async Task Of_two_people_at_the_same_moment_one_is_first_and_the_other_hears_who()
    {
        await using var world = await CreateAsync();
        await SeeAsync(world, "v1");
        var id = Open(world).ShouldHaveSingleItem().Id;
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => number % 2 == 0
            ? Approvals(world).ApproveAsync(id, $"person {number}", false, null, Token)
            : Approvals(world).DeclineAsync(id, $"person {number}", null, Token), Token)));

        answers.Count(answer => answer.Refusal is null).ShouldBe(1);
        var winner = world.Pending.Find(id)!.AnsweredBy!;
        answers.Where(answer => answer.Refusal is not null).ShouldAllBe(answer => answer.Refusal!.Status == 409 && answer.Refusal.Message.Contains(winner));
        world.Deployments.List(null, null, null, 10).Count.ShouldBe(world.Pending.Find(id)!.State == PendingState.Approved ? 1 : 0);
    }

    [Fact]
    public async Task A_no_keeps_this_very_image_away_until_another_comes_or_a_person_deploys_it()
    {
        await using var world = await CreateAsync();
        await SeeAsync(world, "v1");
        var outcome = (await Approvals(world).DeclineAsync(Open(world)[0].Id, "ada", "not on friday", Token)).Value!;
        (outcome.Verdict, outcome.ReasonCode).ShouldBe(("skip", ReasonCode.Declined));

        var again = await SeeAsync(world, "v1");
        (again.Verdict, again.ReasonCode).ShouldBe((Verdict.Skip, ReasonCode.Declined));
        again.Reason.ShouldContain("ada said no");
        again.Reason.ShouldContain("not on friday");
        Open(world).ShouldBeEmpty();

        (await SeeAsync(world, "v1", "repaired")).Verdict.ShouldBe(Verdict.Ask, "another image is another question");
        (await world.Intake.JudgeAsync(Given.Candidate("v1", CandidateTrigger.Manual), Token))[0].Verdict.ShouldBe(Verdict.Deploy, "a person may");
    }

    [Fact]
    public async Task Another_image_under_the_tag_and_a_newer_deployment_take_the_place_of_a_question()
    {
        await using var world = await CreateAsync();
        await SeeAsync(world, "v1");
        var first = Open(world)[0].Id;
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await SeeAsync(world, "v1", "anew");
        world.Pending.Find(first)!.State.ShouldBe(PendingState.Superseded);
        (await Approvals(world).ApproveAsync(first, "ada", false, null, Token)).Refusal!.Message.ShouldContain("Another image");

        var second = Open(world).ShouldHaveSingleItem().Id;
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.Intake.JudgeAsync(Given.Candidate("v2", CandidateTrigger.Manual), Token);
        Open(world).ShouldBeEmpty();
        world.Pending.Find(second)!.ClosedReason!.ShouldContain("v2");
    }

    [Fact]
    public async Task A_question_about_a_stage_that_is_gone_is_closed_and_says_so()
    {
        await using var world = await CreateAsync();
        await SeeAsync(world, "v1");
        var id = Open(world)[0].Id;
        await world.WriteAsync(scope => world.Apps.Stages.Remove(scope, world.Stage.Id));

        var question = world.Pending.Find(id)!;
        (question.State, question.StageId, question.Stage).ShouldBe((PendingState.Expired, null, "rel"));
        (await Approvals(world).ApproveAsync(id, "ada", false, null, Token)).Refusal!.Message.ShouldContain("The stage is gone.");
    }

    [Fact]
    public async Task Where_each_deployment_is_confirmed_a_yes_says_so_as_well()
    {
        await using var world = await CreateAsync(stage => stage with { AutoDeploy = true, Confirm = true });
        await SeeAsync(world, "v1");
        var id = Open(world).ShouldHaveSingleItem().Id;
        var refused = (await Approvals(world).ApproveAsync(id, "ada", false, null, Token)).Refusal!;
        refused.Errors!["confirm"].ShouldContain("confirm: true");
        Open(world).ShouldHaveSingleItem("a refused answer is none");
        (await Approvals(world).ApproveAsync(id, "ada", true, null, Token)).Value!.Verdict.ShouldBe("deploy");
    }

    [Fact]
    public async Task What_is_approved_outside_a_window_is_deployed_when_it_opens_without_a_second_question()
    {
        await using var world = await CreateAsync(stage => stage with { Confirm = true, Policy = new Policy { MinimumAge = "2h" } });
        await SeeAsync(world, "v1");
        var id = Open(world).ShouldHaveSingleItem().Id;
        (await Approvals(world).ApproveAsync(id, "ada", true, null, Token)).Value!.Verdict.ShouldBe("wait");

        world.Time.Advance(TimeSpan.FromHours(3));
        var judged = (await world.Intake.JudgeAsync(world.Waiting.List().ShouldHaveSingleItem().ToCandidate(), Token))[0];
        judged.Verdict.ShouldBe(Verdict.Deploy);
        (await Approvals(world).ApproveAsync(id, "ada", true, null, Token)).Value!.DeploymentId.ShouldBe(judged.DeploymentId);

        await world.Intake.JudgeAsync(Given.Candidate("v2", CandidateTrigger.Manual) with { Confirmed = true }, Token);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        (await SeeAsync(world, "v1")).Verdict.ShouldBe(Verdict.Ask, "a yes is for one deployment");
    }

    [Fact]
    public async Task A_yes_does_not_undo_a_block()
    {
        await using var world = await CreateAsync();
        await SeeAsync(world, "v1");
        await world.WriteAsync(scope => world.Blocks.Add(scope, world.Stage.Id, Given.Project.Repository, new BlockedDigest(Given.Digest("v1"), "v1", "bad.", "d"), DeploymentReason.HealthDeadline));
        var outcome = (await Approvals(world).ApproveAsync(Open(world)[0].Id, "ada", false, null, Token)).Value!;
        (outcome.Verdict, outcome.ReasonCode).ShouldBe(("skip", ReasonCode.DigestBlocked));
        world.Deployments.List(null, null, null, 10).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_seen_again_is_the_same_question_and_one_event()
    {
        await using var world = await CreateAsync();
        for (var round = 0; round < 4; round++)
        {
            await SeeAsync(world, "v1");
            await world.Intake.JudgeAsync(Given.Candidate("v1", CandidateTrigger.Poll) with { StageId = world.Stage.Id }, Token);
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var question = Open(world).ShouldHaveSingleItem();
        world.Events.After(0).Count(one => one.Kind == "decision-waits").ShouldBe(1);
        var newest = world.Decisions.List(new DecisionFilter(), 1)[0].Id;
        newest.ShouldNotBe(question.Id);
        (await Approvals(world).ApproveAsync(newest, "ada", false, null, Token)).Value!.Verdict.ShouldBe("deploy", "each of the decisions leads to the question");
    }

    internal static Approvals Approvals(DeploymentsStore world) => new(world.Pending, world.Decisions, world.Intake, world.Events);

    internal static IReadOnlyList<PendingDecision> Open(DeploymentsStore world) => world.Pending.List(PendingState.Open, null, null);

    internal static async Task<Judgement> SeeAsync(DeploymentsStore world, string tag, string? content = null) => (await world.Intake.JudgeAsync(
        Given.Candidate(tag) with { Artifact = Given.Artifact(tag, content), StageId = world.Stage.Id, AskedAt = world.Time.GetUtcNow() }, Token))[0];

    internal static async Task<DeploymentsStore> CreateAsync(Func<Stage, Stage>? change = null)
    {
        var world = await DeploymentsStore.CreateAsync();
        await world.WriteAsync(scope => world.Apps.Stages.Update(scope, (change ?? (stage => stage))(world.Stage with { AutoDeploy = false })));
        return world;
    }
}
