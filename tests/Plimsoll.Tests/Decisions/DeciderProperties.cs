using FsCheck;
using FsCheck.Fluent;
using Plimsoll.Candidates;
using Plimsoll.Decisions;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Decisions;

/// <summary>What must hold for every candidate and every state of a stage, not only for those somebody thought of.</summary>
public sealed class DeciderProperties
{
    private static readonly string[] Tags = ["v1", "v2", "dev-1", "latest"];

    private static readonly Gen<Candidate> Candidates =
        from tag in Gen.Elements(Tags)
        from trigger in Gen.Elements(Enum.GetValues<CandidateTrigger>())
        from confirmed in Gen.Elements(true, false)
        from again in Gen.Elements(true, false)
        select Given.Candidate(tag, trigger) with { Confirmed = confirmed, Again = again };

    private static readonly Gen<StageFacts> Facts =
        from pattern in Gen.Elements("v*", "*", "latest")
        from autoDeploy in Gen.Elements(true, false)
        from confirm in Gen.Elements(true, false)
        from promote in Gen.Elements<string?>(null, "dev")
        from live in Gen.Elements([.. Tags, ""])
        from pending in Gen.Elements([.. Tags, ""])
        from block in Gen.Elements([.. Tags, ""])
        from source in Gen.Elements([.. Tags, ""])
        from later in Gen.Elements<LaterDeployment?>(null, new("l", "v2"))
        select new StageFacts
        {
            Project = Given.Project,
            Stage = Given.Stage with { TagPattern = pattern, AutoDeploy = autoDeploy, Confirm = confirm, PromoteFrom = promote },
            Live = live == "" ? null : new RunningArtifact(live, Given.Digest(live)),
            Pending = pending == "" ? [] : [new PendingDeployment("p", pending, Given.Digest(pending), true)],
            Block = block == "" ? null : new BlockedDigest(Given.Digest(block), block, "bad", "d"),
            LiveInSource = source == "" ? null : new RunningArtifact(source, Given.Digest(source)),
            Later = later,
        };

    private static readonly Arbitrary<(Candidate, StageFacts)> Cases =
        (from candidate in Candidates from facts in Facts select (candidate, facts)).ToArbitrary();

    [Fact]
    public void Every_decision_has_a_known_reason_and_a_sentence() => Check(Prop.ForAll(Cases, input =>
    {
        var decision = Decider.Decide(input.Item1, input.Item2, Given.Now);
        return ReasonCode.All.Contains(decision.ReasonCode) && decision.Reason.Length > 10 && decision.Findings.Count == 20;
    }));

    [Fact]
    public void The_same_question_gets_the_same_answer() => Check(Prop.ForAll(Cases, input =>
        Decider.Decide(input.Item1, input.Item2, Given.Now).ReasonCode == Decider.Decide(input.Item1, input.Item2, Given.Now).ReasonCode));

    [Fact]
    public void A_block_never_turns_a_no_into_a_yes() => Check(Prop.ForAll(Cases, input =>
    {
        var (candidate, facts) = input;
        var blocked = facts with { Block = new BlockedDigest(candidate.Artifact.Digest, candidate.Artifact.Tag, "bad", "d") };
        return Decider.Decide(candidate, blocked, Given.Now).Verdict == Verdict.Skip
            && Decider.Decide(candidate, blocked, Given.Now).Verdict >= Decider.Decide(candidate, facts with { Block = null }, Given.Now).Verdict;
    }));

    [Fact]
    public void Switching_a_safeguard_on_never_turns_a_no_into_a_yes() => Check(Prop.ForAll(Cases, input =>
    {
        var (candidate, facts) = input;
        var loose = facts with { Stage = facts.Stage with { Confirm = false, AutoDeploy = true, PromoteFrom = null } };
        return Decider.Decide(candidate, facts, Given.Now).Verdict >= Decider.Decide(candidate, loose, Given.Now).Verdict;
    }));

    private static void Check(Property property) => property.QuickCheckThrowOnFailure();
}
