namespace Plimsoll.Plumbing.Cli.Api;

/// <summary>Why something was or was not deployed.</summary>
internal sealed record Explained(string? Message, IReadOnlyList<ExplainedSighting>? Sightings);

/// <summary>A decision with what explains it.</summary>
internal sealed record ExplainedSighting(ExplainedDecision? Decision, string? DecidedBy, ExplainedQuestion? Pending, ExplainedMessage? Delivery);

/// <summary>A decision.</summary>
internal sealed record ExplainedDecision(
    long Id, DateTimeOffset At, string? Trigger, string? Image, string? Digest, string? Project, string? Stage, string? Container, string? Verdict, string? ReasonCode, string? Reason,
    IReadOnlyList<ExplainedRule>? Rules, DateTimeOffset? LookAgainAt, ExplainedChanges? Changes, string? DeployId);

/// <summary>What one rule said.</summary>
internal sealed record ExplainedRule(string? Rule, string? Verdict, string? Reason, string? WouldChange);

/// <summary>What the image changes, as far as a line of text shows it.</summary>
internal sealed record ExplainedChanges(ExplainedChange? Version, ExplainedChange? Revision, string? CompareLink, long? SizeDifference, string? Unknown);

/// <summary>From one text to another.</summary>
internal sealed record ExplainedChange(string? From, string? To);

/// <summary>The question to a person.</summary>
internal sealed record ExplainedQuestion(long Id, string? State, string? By, string? Note, string? ClosedReason);

/// <summary>The message that brought it.</summary>
internal sealed record ExplainedMessage(string? Sender, DateTimeOffset ReceivedAt);
