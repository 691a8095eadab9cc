namespace Plimsoll.Decisions.Pending;

/// <summary>What became of an answer.</summary>
/// <param name="Verdict">In lower case.</param>
internal sealed record AnswerOutcome(PendingState State, string Verdict, string ReasonCode, string Reason, string? DeploymentId);

/// <summary>What the audit trail keeps of an answer.</summary>
internal sealed record AnsweredDecision(long Decision, string Image, string? Note, string? Until = null);
