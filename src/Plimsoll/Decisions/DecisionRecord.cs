using Plimsoll.Apps.Policies;
using Plimsoll.Candidates;
using Plimsoll.Decisions.Pending;
using Plimsoll.Decisions.Waiting;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Decisions;

/// <summary>Puts a decision on record, and who has to wait into the waiting room, in the transaction in which it was decided.</summary>
internal sealed class DecisionRecord(DecisionStore decisions, WaitingStore waiting, PendingStore pending)
{
    public void Add(WriteScope scope, RecordedDecision decision) => decisions.Add(scope, decision);

    public void Add(WriteScope scope, Candidate candidate, StageFacts facts, Decision decision, ImageChanges? changes)
    {
        var (stage, artifact) = (facts.Stage, candidate.Artifact);
        // Of versions the highest is wanted, whichever came last.
        var replacesOthers = PolicyRules.Of(stage.Policy).Range is null;
        var outdated = waiting.Settle(scope, stage.Id, candidate, decision, replacesOthers);
        foreach (var old in outdated)
        {
            decisions.Add(scope, Outdated(facts, old, artifact.Tag, decision));
        }

        pending.Settle(scope, candidate, facts, decision, replacesOthers);
        if (PendingStore.IsNew(scope, candidate, facts, decision))
        {
            pending.Add(scope, decisions.Add(scope, candidate, facts, decision, changes), candidate, facts, decision);
        }
        else if (!IsRepetition(scope, stage.Id, candidate, decision))
        {
            decisions.Add(scope, candidate, facts, decision, changes);
        }

        pending.Tell(scope, candidate, facts, decision);
    }

    /// <summary>A poll sees the same thing every few minutes; it is put on record when it is new.</summary>
    private static bool IsRepetition(WriteScope scope, long stageId, Candidate candidate, Decision decision) =>
        (candidate.Trigger == CandidateTrigger.Poll || candidate.IsRepeated)
        && DecisionStore.SaidBefore(scope, stageId, candidate.Artifact.Tag, candidate.Artifact.Digest, decision.ReasonCode);

    private static RecordedDecision Outdated(StageFacts facts, WaitingCandidate old, string by, Decision decision) => new()
    {
        Trigger = old.Trigger,
        Repository = old.Repository,
        Tag = old.Tag,
        Digest = old.Digest,
        ProjectId = facts.Project.Id,
        StageId = facts.Stage.Id,
        Project = facts.Project.Name,
        Stage = facts.Stage.Name,
        Verdict = "skip",
        ReasonCode = ReasonCode.Overtaken,
        Reason = $"{old.Tag} waited to be deployed ({old.Reason}) and {by} came in after it, which {(decision.Verdict == Verdict.Deploy ? $"is deployed now (deployment {decision.DeploymentId})" : "waits as well")}. The newest counts.",
        DeliveryId = old.DeliveryId,
    };
}
