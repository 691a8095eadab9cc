using Plimsoll.Apps;
using Plimsoll.Candidates;

namespace Plimsoll.Decisions;

/// <summary>
/// Decides what is to be done about a candidate for one stage. Pure: no I/O, no clock. Every rule always speaks, so
/// that "what would have to change" can be answered completely; the gravest verdict wins, and among equals the rule
/// that stands first.
/// </summary>
internal static class Decider
{
    private static readonly Func<Candidate, StageFacts, RuleFinding>[] Rules =
        [TagBelongsHere, DigestIsNotBlocked, NotAlreadyLive, NotAlreadyUnderWay, NotOvertaken, LiveInSource, AutoDeployIsOn, Confirmed];

    public static Decision Decide(Candidate candidate, StageFacts facts)
    {
        var findings = Array.ConvertAll(Rules, rule => rule(candidate, facts));
        var gravest = findings.MaxBy(finding => finding.Verdict)!;
        if (gravest.Verdict != Verdict.Deploy)
        {
            return new Decision(gravest.Verdict, gravest.ReasonCode, gravest.Reason, gravest.DeploymentId, findings);
        }

        var (code, reason) = candidate.Trigger == CandidateTrigger.Manual
            ? (ReasonCode.AskedFor, $"{candidate.RequestedBy} asked for {candidate.Artifact.Tag} on {Place(facts)}.")
            : (ReasonCode.Matches, $"{candidate.Artifact.Tag} matches '{facts.Stage.TagPattern}' and {Place(facts)} deploys by itself.");
        return new Decision(Verdict.Deploy, code, reason, null, findings);
    }

    private static RuleFinding TagBelongsHere(Candidate candidate, StageFacts facts)
    {
        const string rule = "tag-pattern";
        var tag = candidate.Artifact.Tag;
        if (candidate.Trigger == CandidateTrigger.Manual)
        {
            return RuleFinding.Fine(rule, "A person chose the tag.");
        }

        return new TagPattern(facts.Stage.TagPattern).Matches(tag)
            ? RuleFinding.Fine(rule, $"'{tag}' matches '{facts.Stage.TagPattern}'.")
            : new RuleFinding(rule, Verdict.Skip, ReasonCode.TagDoesNotMatch, $"The tag '{tag}' does not match '{facts.Stage.TagPattern}' of {Place(facts)}.");
    }

    private static RuleFinding DigestIsNotBlocked(Candidate candidate, StageFacts facts)
    {
        const string rule = "blocked-digest";
        return facts.Block is { } block
            ? new RuleFinding(
                rule,
                Verdict.Skip,
                ReasonCode.DigestBlocked,
                $"{candidate.Artifact.Digest.Short} is blocked on {Place(facts)}: deployment {block.DeploymentId} was rolled back ({block.Reason}) Push a repaired image under the tag, or unblock the digest.")
            : RuleFinding.Fine(rule, "The digest has not been rolled back here.");
    }

    /// <summary>
    /// Registries repeat their messages and polls see the live tag at every scan: neither is a wish to go back to it
    /// while a newer one is on its way. A person who asks for it then does mean that.
    /// </summary>
    private static RuleFinding NotAlreadyLive(Candidate candidate, StageFacts facts)
    {
        const string rule = "already-live";
        var wantsBack = candidate.Trigger == CandidateTrigger.Manual && facts.Pending.Count > 0;
        return facts.Live is { } live && live.Digest == candidate.Artifact.Digest && !candidate.Again && !wantsBack
            ? new RuleFinding(
                rule,
                Verdict.Skip,
                ReasonCode.AlreadyLive,
                live.Tag == candidate.Artifact.Tag
                    ? $"{candidate.Artifact.Tag} with this very digest is live on {Place(facts)} already."
                    : $"The image behind {candidate.Artifact.Tag} is live on {Place(facts)} already, under the tag {live.Tag}.")
            : RuleFinding.Fine(rule, facts.Live is null ? "Nothing is live yet." : $"Live is {facts.Live.Tag} ({facts.Live.Digest.Short}).");
    }

    /// <summary>Only the newest pending deployment counts: it decides what will be live in the end.</summary>
    private static RuleFinding NotAlreadyUnderWay(Candidate candidate, StageFacts facts)
    {
        const string rule = "already-under-way";
        return facts.Pending.Count > 0 && facts.Pending[^1] is var newest && newest.Digest == candidate.Artifact.Digest && !candidate.Again
            ? new RuleFinding(
                rule,
                Verdict.Skip,
                ReasonCode.AlreadyUnderWay,
                $"Deployment {newest.Id} of this very digest is {(newest.IsQueued ? "queued" : "under way")} for {Place(facts)} already.",
                newest.Id)
            : RuleFinding.Fine(rule, "The same is not under way.");
    }

    /// <summary>The registry was slow to answer for this one, or did not answer for a while: who spoke later is right.</summary>
    private static RuleFinding NotOvertaken(Candidate candidate, StageFacts facts)
    {
        const string rule = "overtaken";
        return facts.Later is { } later
            ? new RuleFinding(
                rule,
                Verdict.Skip,
                ReasonCode.Overtaken,
                $"{later.Tag} was asked for on {Place(facts)} after {candidate.Artifact.Tag} was, and was decided first (deployment {later.Id}). The newest counts.")
            : RuleFinding.Fine(rule, "Nothing was asked for later.");
    }

    private static RuleFinding LiveInSource(Candidate candidate, StageFacts facts)
    {
        const string rule = "promote-from";
        if (facts.Stage.PromoteFrom is not { } source)
        {
            return RuleFinding.Fine(rule, "The stage takes images from the registry.");
        }

        if (candidate.RollbackOf is not null)
        {
            return RuleFinding.Fine(rule, "It was live on this stage before.");
        }

        return facts.LiveInSource?.Digest == candidate.Artifact.Digest
            ? RuleFinding.Fine(rule, $"It is live in {source}.")
            : new RuleFinding(
                rule,
                Verdict.Skip,
                ReasonCode.NotLiveInSource,
                $"{Place(facts)} takes only what is live in {source}, and there {(facts.LiveInSource is { } live ? $"{live.Tag} ({live.Digest.Short}) is live" : "nothing is live")}.");
    }

    private static RuleFinding AutoDeployIsOn(Candidate candidate, StageFacts facts)
    {
        const string rule = "auto-deploy";
        if (candidate.Trigger == CandidateTrigger.Manual)
        {
            return RuleFinding.Fine(rule, "A person asked.");
        }

        return facts.Stage.AutoDeploy
            ? RuleFinding.Fine(rule, "The stage deploys by itself.")
            : new RuleFinding(rule, Verdict.Ask, ReasonCode.AutoDeployOff, $"{Place(facts)} does not deploy by itself: a person has to deploy {candidate.Artifact.Tag}.");
    }

    private static RuleFinding Confirmed(Candidate candidate, StageFacts facts)
    {
        const string rule = "confirmation";
        return facts.Stage.Confirm && !candidate.Confirmed
            ? new RuleFinding(rule, Verdict.Ask, ReasonCode.ConfirmationNeeded, $"{Place(facts)} wants each deployment confirmed. Ask again with confirm: true.")
            : RuleFinding.Fine(rule, facts.Stage.Confirm ? "A person confirmed it." : "No confirmation is needed.");
    }

    private static string Place(StageFacts facts) => $"{facts.Project.Name}/{facts.Stage.Name}";
}
