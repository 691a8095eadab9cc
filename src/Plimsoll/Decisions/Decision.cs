using Plimsoll.Candidates;

namespace Plimsoll.Decisions;

/// <summary>What was decided about one artifact for one stage or one container, with every rule that was looked at.</summary>
/// <param name="LookAgainAt">When time alone may have changed the answer; null: it will not.</param>
internal sealed record Decision(Verdict Verdict, string ReasonCode, string Reason, string? DeploymentId, IReadOnlyList<RuleFinding> Findings, DateTimeOffset? LookAgainAt = null)
{
    /// <summary>The gravest finding decides, and among equals the one that stands first.</summary>
    /// <param name="fine">What to say when no rule objects.</param>
    public static Decision Of(IReadOnlyList<RuleFinding> findings, Func<(string Code, string Reason)> fine)
    {
        var gravest = findings.MaxBy(finding => finding.Verdict)!;
        if (gravest.Verdict == Verdict.Deploy)
        {
            var (code, reason) = fine();
            return new Decision(Verdict.Deploy, code, reason, null, findings);
        }

        // It stays a no until each of the rules that said it may have changed its mind, so that is when to look.
        var objections = findings.Where(finding => finding.Verdict == gravest.Verdict).ToList();
        var lookAgainAt = objections.TrueForAll(finding => finding.LookAgainAt is not null)
            ? findings.Where(finding => finding.Verdict != Verdict.Deploy).Max(finding => finding.LookAgainAt)
            : null;
        return new Decision(gravest.Verdict, gravest.ReasonCode, gravest.Reason, gravest.DeploymentId, findings, lookAgainAt);
    }
}
