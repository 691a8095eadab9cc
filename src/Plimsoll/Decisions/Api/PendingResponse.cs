using Plimsoll.Decisions.Pending;

namespace Plimsoll.Decisions.Api;

/// <summary>A question to a person, or what a person does not want to hear of.</summary>
/// <param name="Id">The number of the decision, by which it is answered.</param>
/// <param name="Container">The container it is about; null: a stage.</param>
/// <param name="State"><c>open</c>, <c>approved</c>, <c>declined</c>, <c>superseded</c>, <c>expired</c>, <c>snoozed</c> or <c>skipped</c>.</param>
/// <param name="Confirm">Whether an approval needs <c>confirm: true</c>.</param>
/// <param name="By">Who answered, snoozed or skipped.</param>
/// <param name="ClosedReason">What came of the answer, or why it is closed without one.</param>
/// <param name="Until">When a snooze ends.</param>
/// <param name="WholeTag">Of a skipped version: whatever comes under the tag.</param>
public sealed record PendingResponse(
    long Id,
    string? Project,
    string? Stage,
    string? Container,
    string Image,
    string Digest,
    string ReasonCode,
    string Reason,
    string State,
    bool Confirm,
    DateTimeOffset? AskedAt,
    string? By,
    DateTimeOffset? At,
    string? Note,
    string? ClosedReason,
    string? DeployId,
    DateTimeOffset? Until,
    bool WholeTag)
{
    internal static PendingResponse From(PendingDecision question, bool confirm) => new(
        question.Id, question.Project, question.Stage, null, $"{question.Repository}:{question.Tag}", question.Digest.ToString(), question.ReasonCode, question.Reason, PendingStore.Name(question.State),
        confirm, question.AskedAt, question.AnsweredBy, question.ClosedAt, question.Note, question.ClosedReason, question.DeploymentId, null, false);

    internal static PendingResponse From(Quiet quiet) => new(
        quiet.DecisionId, quiet.Project, quiet.Stage, quiet.Container, $"{quiet.Repository}:{quiet.Tag}", quiet.Digest.ToString(), quiet.Until is null ? Decisions.ReasonCode.VersionSkipped : Decisions.ReasonCode.Snoozed, quiet.Reason,
        quiet.Until is null ? "skipped" : "snoozed", false, null, quiet.SaidBy, quiet.SaidAt, null, null, null, quiet.Until, quiet.WholeTag);
}
