using Plimsoll.Candidates;

namespace Plimsoll.Decisions;

/// <summary>What one rule had to say. <see cref="Verdict.Deploy"/> means: nothing against it from here.</summary>
internal sealed record RuleFinding(string Rule, Verdict Verdict, string ReasonCode, string Reason, string? DeploymentId = null)
{
    public static RuleFinding Fine(string rule, string reason) => new(rule, Verdict.Deploy, "", reason);
}
