using Plimsoll.Apps.Policies;
using Plimsoll.Candidates;

namespace Plimsoll.Decisions.Rules;

/// <summary>Following versions instead of tags, and how large a step may be. Pure.</summary>
internal static class VersionRules
{
    private const string FollowRule = "follow";
    private const string StepRule = "update-kind";

    /// <param name="live">Null: nothing is live.</param>
    /// <param name="pending">The newest that is on its way; null: none.</param>
    public static RuleFinding Follow(PolicyRules policy, Versioned candidate, Versioned? live, Versioned? pending)
    {
        if (policy.Range is not { } range)
        {
            return RuleFinding.Fine(FollowRule, "Tags are followed as they come.");
        }

        var text = range.Text.Length == 0 ? "any version" : range.Text;
        if (!TagVersion.TryParse(candidate.Tag, out var version))
        {
            return No(ReasonCode.NotAVersion, $"'{candidate.Tag}' names no version, and versions are followed here ({text}).", "Push a tag such as 1.4.2, or follow tags instead of versions.");
        }

        if (version!.IsPrerelease && !policy.Policy.Prereleases)
        {
            return No(ReasonCode.PreRelease, $"{candidate.Tag} is a pre-release: what stands behind the dash says so.", "Push the release, or allow pre-releases.");
        }

        if (!range.Contains(version))
        {
            return No(ReasonCode.NotInRange, $"{candidate.Tag} is not in {text}.", $"Widen the range, or deploy {candidate.Tag} by hand.");
        }

        return NotNewer(version, candidate, live, "live")
            ?? NotNewer(version, candidate, pending, "on its way")
            ?? RuleFinding.Fine(FollowRule, live is null ? $"{candidate.Tag} is in {text}, and nothing is live." : $"{candidate.Tag} is in {text} and newer than {live.Name}, or the same version made anew.");
    }

    /// <param name="isDecided">That a person has decided: the size is no question then. Null: nobody has.</param>
    public static RuleFinding Step(UpdateKind largest, Versioned candidate, Versioned? live, string? isDecided)
    {
        if (largest == UpdateKind.Major)
        {
            return RuleFinding.Fine(StepRule, "Updates may be as large as they like.");
        }

        if (live is null)
        {
            return RuleFinding.Fine(StepRule, "Nothing is live, so there is no step.");
        }

        if (isDecided is not null)
        {
            return RuleFinding.Fine(StepRule, isDecided);
        }

        var step = live.StepTo(candidate);
        if (step <= largest)
        {
            return RuleFinding.Fine(StepRule, $"From {live.Name} to {candidate.Name} is a {PolicyText.Name(step.Value)} update.");
        }

        const string approve = "A person may approve it, or the policy may allow larger updates.";
        return step is { } known
            ? new RuleFinding(
                StepRule, Verdict.Ask, ReasonCode.UpdateTooLarge,
                $"From {live.Name} to {candidate.Name} is a {PolicyText.Name(known)} update, and only {PolicyText.Name(largest)} updates are made without a person.", WouldChange: approve)
            : new RuleFinding(
                StepRule, Verdict.Ask, ReasonCode.UpdateUnclear,
                $"How large the step from {live.Name} to {candidate.Name} is cannot be told, and only {PolicyText.Name(largest)} updates are made without a person.", WouldChange: approve);
    }

    private static RuleFinding? NotNewer(TagVersion version, Versioned candidate, Versioned? other, string where)
    {
        if (other is null || other.Tag == candidate.Tag)
        {
            return null;
        }

        if (other.Version is null)
        {
            return new RuleFinding(
                FollowRule, Verdict.Ask, ReasonCode.UpdateUnclear, $"{other.Tag} is {where}, which names no version: whether {candidate.Tag} is newer cannot be told.",
                WouldChange: $"A person may approve {candidate.Tag}; from then on its version is known.");
        }

        return version.CompareTo(other.Version) > 0
            ? null
            : No(ReasonCode.NotNewer, $"{other.Name} is {where}, and {candidate.Tag} is not newer.", "Push a higher version, or go back by hand.");
    }

    private static RuleFinding No(string code, string reason, string wouldChange) => new(FollowRule, Verdict.Skip, code, reason, WouldChange: wouldChange);
}
