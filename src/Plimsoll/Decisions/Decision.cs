using Plimsoll.Candidates;

namespace Plimsoll.Decisions;

/// <summary>What was decided about one artifact for one stage, with every rule that was looked at.</summary>
internal sealed record Decision(Verdict Verdict, string ReasonCode, string Reason, string? DeploymentId, IReadOnlyList<RuleFinding> Findings);
