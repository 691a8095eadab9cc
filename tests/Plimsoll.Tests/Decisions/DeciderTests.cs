using Plimsoll.Candidates;
using Plimsoll.Decisions;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Decisions;

public sealed class DeciderTests
{
    [Fact]
    public void A_matching_tag_on_a_stage_that_deploys_by_itself_is_deployed()
    {
        var decision = Decider.Decide(Given.Candidate("v2"), Given.Facts(), Given.Now);

        decision.Verdict.ShouldBe(Verdict.Deploy);
        decision.ReasonCode.ShouldBe(ReasonCode.Matches);
    }

    [Fact]
    public void A_tag_that_does_not_match_is_skipped_with_both_names_in_the_reason()
    {
        var decision = Decider.Decide(Given.Candidate("dev-1"), Given.Facts(), Given.Now);

        decision.Verdict.ShouldBe(Verdict.Skip);
        decision.ReasonCode.ShouldBe(ReasonCode.TagDoesNotMatch);
        decision.Reason.ShouldContain("'dev-1'");
        decision.Reason.ShouldContain("'v*'");
    }

    [Fact]
    public void A_person_may_deploy_a_tag_that_the_pattern_does_not_match() =>
        Decider.Decide(Given.Candidate("hotfix", CandidateTrigger.Manual), Given.Facts(), Given.Now).Verdict.ShouldBe(Verdict.Deploy);

    [Theory]
    [InlineData(nameof(CandidateTrigger.Webhook))]
    [InlineData(nameof(CandidateTrigger.Poll))]
    [InlineData(nameof(CandidateTrigger.Manual))]
    public void A_blocked_digest_is_skipped_whoever_asks(string trigger)
    {
        var candidate = Given.Candidate("v2", Enum.Parse<CandidateTrigger>(trigger));
        var facts = Given.Facts() with { Block = new BlockedDigest(candidate.Artifact.Digest, "v2", "It was not healthy.", "dep1") };

        var decision = Decider.Decide(candidate, facts, Given.Now);

        decision.Verdict.ShouldBe(Verdict.Skip);
        decision.ReasonCode.ShouldBe(ReasonCode.DigestBlocked);
        decision.Reason.ShouldContain("dep1");
    }

    [Fact]
    public void What_is_live_already_is_a_no_op_that_says_so()
    {
        var candidate = Given.Candidate("v2");
        var facts = Given.Facts() with { Live = new RunningArtifact("v2", candidate.Artifact.Digest) };

        Decider.Decide(candidate, facts, Given.Now).ReasonCode.ShouldBe(ReasonCode.AlreadyLive);
    }

    [Fact]
    public void The_same_image_under_another_tag_names_the_tag_it_is_live_under()
    {
        var candidate = Given.Candidate("v2");
        var facts = Given.Facts() with { Live = new RunningArtifact("v1.9", candidate.Artifact.Digest) };

        Decider.Decide(candidate, facts, Given.Now).Reason.ShouldContain("v1.9");
    }

    [Fact]
    public void What_is_live_may_be_deployed_again_when_a_person_insists()
    {
        var candidate = Given.Candidate("v2", CandidateTrigger.Manual) with { Again = true };
        var facts = Given.Facts() with { Live = new RunningArtifact("v2", candidate.Artifact.Digest) };

        Decider.Decide(candidate, facts, Given.Now).Verdict.ShouldBe(Verdict.Deploy);
    }

    [Fact]
    public void A_webhook_that_came_twice_is_answered_with_the_deployment_of_the_first()
    {
        var candidate = Given.Candidate("v2");
        var facts = Given.Facts() with { Pending = [new PendingDeployment("first", "v2", candidate.Artifact.Digest, IsQueued: false)] };

        var decision = Decider.Decide(candidate, facts, Given.Now);

        decision.ReasonCode.ShouldBe(ReasonCode.AlreadyUnderWay);
        decision.DeploymentId.ShouldBe("first");
    }

    [Theory]
    [InlineData(nameof(CandidateTrigger.Webhook), nameof(Verdict.Skip))]
    [InlineData(nameof(CandidateTrigger.Poll), nameof(Verdict.Skip))]
    [InlineData(nameof(CandidateTrigger.Manual), nameof(Verdict.Deploy))]
    public void Only_a_person_goes_back_to_what_is_live_while_a_newer_one_is_under_way(string trigger, string verdict)
    {
        var back = Given.Candidate("v1", Enum.Parse<CandidateTrigger>(trigger));
        var facts = Given.Facts() with
        {
            Live = new RunningArtifact("v1", back.Artifact.Digest),
            Pending = [new PendingDeployment("newer", "v2", Given.Digest("v2"), IsQueued: false)],
        };

        Decider.Decide(back, facts, Given.Now).Verdict.ShouldBe(Enum.Parse<Verdict>(verdict));
    }

    [Fact]
    public void A_message_that_was_overtaken_while_its_registry_was_slow_is_skipped_and_names_the_later_one()
    {
        var decision = Decider.Decide(Given.Candidate("v1"), Given.Facts() with { Later = new LaterDeployment("later", "v2") }, Given.Now);

        decision.ReasonCode.ShouldBe(ReasonCode.Overtaken);
        decision.Reason.ShouldContain("v2 was asked for");
        decision.Reason.ShouldContain("deployment later");
    }

    [Fact]
    public void A_stage_that_does_not_deploy_by_itself_asks_a_person()
    {
        var facts = Given.Facts(Given.Stage with { AutoDeploy = false });

        Decider.Decide(Given.Candidate("v2"), facts, Given.Now).Verdict.ShouldBe(Verdict.Ask);
        Decider.Decide(Given.Candidate("v2", CandidateTrigger.Manual), facts, Given.Now).Verdict.ShouldBe(Verdict.Deploy);
    }

    [Fact]
    public void A_stage_that_wants_confirmation_asks_until_it_is_given()
    {
        var facts = Given.Facts(Given.Stage with { Confirm = true });
        var asked = Given.Candidate("v2", CandidateTrigger.Manual);

        Decider.Decide(asked, facts, Given.Now).ReasonCode.ShouldBe(ReasonCode.ConfirmationNeeded);
        Decider.Decide(asked with { Confirmed = true }, facts, Given.Now).Verdict.ShouldBe(Verdict.Deploy);
    }

    [Fact]
    public void A_stage_that_is_promoted_to_takes_only_the_digest_that_is_live_in_its_source()
    {
        var candidate = Given.Candidate("v2", CandidateTrigger.Manual);
        var facts = Given.Facts(Given.Stage with { PromoteFrom = "dev" });

        Decider.Decide(candidate, facts, Given.Now).ReasonCode.ShouldBe(ReasonCode.NotLiveInSource);
        Decider.Decide(candidate, facts with { LiveInSource = new RunningArtifact("v1", Given.Digest("v1")) }, Given.Now).Verdict.ShouldBe(Verdict.Skip);
        Decider.Decide(candidate, facts with { LiveInSource = new RunningArtifact("v2", candidate.Artifact.Digest) }, Given.Now).Verdict.ShouldBe(Verdict.Deploy);
    }

    [Fact]
    public void A_no_is_graver_than_a_question()
    {
        var candidate = Given.Candidate("dev-1");

        Decider.Decide(candidate, Given.Facts(Given.Stage with { AutoDeploy = false }), Given.Now).Verdict.ShouldBe(Verdict.Skip);
    }
}
