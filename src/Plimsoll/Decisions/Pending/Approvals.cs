using Plimsoll.Apps;
using Plimsoll.Candidates;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Decisions.Pending;

/// <summary>
/// A person says yes or no to what waits for them, once. The answer and the judgement that follows from it are one transaction:
/// of two people at the same moment the second is told who was first.
/// </summary>
internal sealed class Approvals(PendingStore pending, DecisionStore decisions, ICandidateJudge judge, EventLog events)
{
    public Task<Outcome<AnswerOutcome>> ApproveAsync(long id, string who, bool confirm, string? note, CancellationToken cancellationToken) =>
        AnswerAsync(id, PendingState.Approved, who, confirm, note, cancellationToken);

    public Task<Outcome<AnswerOutcome>> DeclineAsync(long id, string who, string? note, CancellationToken cancellationToken) =>
        AnswerAsync(id, PendingState.Declined, who, false, note, cancellationToken);

    private async Task<Outcome<AnswerOutcome>> AnswerAsync(long id, PendingState answer, string who, bool confirm, string? note, CancellationToken cancellationToken)
    {
        if (pending.OfDecision(id) is not { } question)
        {
            return decisions.Find(id) is { } decision
                ? Refusal.Conflict($"Decision {id} asks nobody: its verdict is {decision.Verdict}. {decision.Reason}")
                : Refusal.NotFound($"There is no decision {id}.");
        }

        if (question.StageId is null)
        {
            return Settled(question, answer, who);
        }

        Outcome<AnswerOutcome>? settled = null;
        var isClaimed = false;
        var judgements = await judge.JudgeIfAsync(
            question.ToCandidate(),
            scope =>
            {
                isClaimed = true;
                settled = Claim(scope, question.Id, answer, who, confirm, note);
                return settled is null;
            },
            cancellationToken);
        return settled is { } known ? known
            : !isClaimed || judgements is not [var judgement] ? Refusal.Conflict($"{question.Place} does not run {question.Repository} any more.")
            : new AnswerOutcome(answer, judgement.Verdict.ToString().ToLowerInvariant(), judgement.ReasonCode, judgement.Reason, judgement.DeploymentId);
    }

    /// <returns>Null: the answer was taken.</returns>
    private Outcome<AnswerOutcome>? Claim(WriteScope scope, long id, PendingState answer, string who, bool confirm, string? note)
    {
        var question = PendingStore.Find(scope, id)!;
        if (question.State != PendingState.Open || question.StageId is not { } stageId)
        {
            return Settled(question, answer, who);
        }

        if (StageStore.FindIn(scope, stageId) is not { Deleting: false } stage)
        {
            return Refusal.Conflict($"{question.Place} is being deleted.");
        }

        if (answer == PendingState.Approved)
        {
            if (QuietStore.SkipOf(scope, stageId, question.ToCandidate().Artifact) is { } skipped)
            {
                return Refusal.Conflict($"{skipped.By} wants {question.Tag} left out of {question.Place}. Take that back first.");
            }

            if (QuietStore.SnoozeOf(scope, stageId, question.Repository) is { } snooze && pending.IsAhead(snooze.Until))
            {
                return Refusal.Conflict($"{snooze.By} snoozed {question.Place} until {Rules.Moment.Of(snooze.Until)}. Take that back first.");
            }

            if (stage.Confirm && !confirm)
            {
                return Refusal.Invalid("confirm", $"{question.Place} wants each deployment confirmed. Approve it with confirm: true.");
            }
        }

        pending.Answer(scope, id, answer, who, note, confirm);
        var action = answer == PendingState.Approved ? "decision-approved" : "decision-declined";
        events.Append(scope, action, $"{who} {(answer == PendingState.Approved ? "approved" : "declined")} {question.Tag} for {question.Place}{(note is null ? "." : $": {note}")}", question.Project, question.Stage);
        scope.Record(new Change(action, question.Place) { After = new AnsweredDecision(id, $"{question.Repository}:{question.Tag}@{question.Digest}", note), Project = question.Project });
        return null;
    }

    /// <summary>The same answer of the same person again is no second answer: it may be that they did not hear of the first.</summary>
    private static Outcome<AnswerOutcome> Settled(PendingDecision question, PendingState answer, string who) => question switch
    {
        { AnsweredBy: { } by } when by == who && question.State == answer => new AnswerOutcome(
            question.State,
            question.Verdict ?? "skip",
            question.VerdictCode ?? ReasonCode.Declined,
            question.ClosedReason ?? $"{who} said no to it.",
            question.DeploymentId),
        { AnsweredBy: { } by } => Refusal.Conflict($"{by} {PendingStore.Name(question.State)} {question.Tag} for {question.Place} already, at {Rules.Moment.Of(question.ClosedAt!.Value)}."),
        _ => Refusal.Conflict($"{question.Tag} does not wait for an answer on {question.Place} any more: {question.ClosedReason}"),
    };
}
