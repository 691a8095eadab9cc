using Plimsoll.Candidates;

namespace Plimsoll.Decisions;

/// <summary>What one rule had to say. <see cref="Verdict.Deploy"/> means: nothing against it from here.</summary>
/// <param name="WouldChange">What would have to change for another verdict; null: nothing is the matter.</param>
/// <param name="LookAgainAt">The earliest instant at which this rule may say something else by itself; null: time alone changes nothing.</param>
internal sealed record RuleFinding(
    string Rule, Verdict Verdict, string ReasonCode, string Reason, string? DeploymentId = null, string? WouldChange = null, DateTimeOffset? LookAgainAt = null)
{
    public static RuleFinding Fine(string rule, string reason) => new(rule, Verdict.Deploy, "", reason);
}
