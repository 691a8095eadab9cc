using Plimsoll.Apps;
using Plimsoll.Apps.Policies;
using Plimsoll.Candidates;
using Plimsoll.Decisions.Rules;

namespace Plimsoll.Decisions;

/// <summary>
/// Decides what is to be done about a candidate for one stage. Pure: no I/O, no clock but the one passed in. Every rule always
/// speaks, so that "what would have to change" can be answered completely; the gravest verdict wins, and among equals the rule
/// that stands first.
/// </summary>
internal static class Decider
{
    private static readonly Func<Question, RuleFinding>[] Rules =
    [
        PolicyIsReadable, TagBelongsHere, Included, NotExcluded, DigestIsNotBlocked, NotAlreadyLive, NotSameOnThisPlatform, NotAlreadyUnderWay, NotOvertaken, LiveInSource,
        NotDeclined, NotSkipped, NotSnoozed, Followed, NotLeftBefore, SmallEnough, AutoDeployIsOn, Confirmed, OldEnough, NotFrozen, InWindow, JobHasCome,
    ];

    public static Decision Decide(Candidate candidate, StageFacts facts, DateTimeOffset now)
    {
        var question = new Question(candidate, facts, PolicyRules.Of(facts.Stage.Policy), now);
        return Decision.Of(Array.ConvertAll(Rules, rule => rule(question)), () => candidate.Trigger == CandidateTrigger.Manual
            ? (ReasonCode.AskedFor, $"{candidate.RequestedBy} asked for {candidate.Artifact.Tag} on {question.Place}.")
            : facts.ApprovedBy is { } approver
                ? (ReasonCode.AskedFor, $"{approver} approved {candidate.Artifact.Tag} for {question.Place}.")
                : (ReasonCode.Matches, $"{candidate.Artifact.Tag} matches '{facts.Stage.TagPattern}' and {question.Place} deploys by itself."));
    }

    private static RuleFinding PolicyIsReadable(Question question)
    {
        const string rule = "policy";
        if (question.Policy.Problems.Count == 0)
        {
            return RuleFinding.Fine(rule, "The stage's policy can be read.");
        }

        if (question.ByPerson)
        {
            return RuleFinding.Fine(rule, "The stage's policy has a mistake, but a person asked.");
        }

        var (field, problem) = question.Policy.Problems.OrderBy(pair => pair.Key, StringComparer.Ordinal).First();
        return new RuleFinding(
            rule, Verdict.Skip, ReasonCode.PolicyUnusable, $"The policy of {question.Place} has a mistake in {field}: {problem}",
            WouldChange: $"Correct policy.{field} of the stage.");
    }

    private static RuleFinding TagBelongsHere(Question question)
    {
        const string rule = "tag-pattern";
        var (tag, pattern) = (question.Tag, question.Facts.Stage.TagPattern);
        if (question.ByPerson)
        {
            return RuleFinding.Fine(rule, "A person chose the tag.");
        }

        return new TagPattern(pattern).Matches(tag)
            ? RuleFinding.Fine(rule, $"'{tag}' matches '{pattern}'.")
            : new RuleFinding(
                rule, Verdict.Skip, ReasonCode.TagDoesNotMatch, $"The tag '{tag}' does not match '{pattern}' of {question.Place}.",
                WouldChange: $"Push a tag that matches '{pattern}', change the pattern, or deploy '{tag}' by hand.");
    }

    private static RuleFinding Included(Question question) =>
        question.ByPerson ? RuleFinding.Fine("include", "A person chose the tag.") : TagRules.Include(question.Policy, question.Tag);

    private static RuleFinding NotExcluded(Question question) =>
        question.ByPerson ? RuleFinding.Fine("exclude", "A person chose the tag.") : TagRules.Exclude(question.Policy, question.Tag);

    private static RuleFinding DigestIsNotBlocked(Question question)
    {
        const string rule = "blocked-digest";
        return question.Facts.Block is { } block
            ? new RuleFinding(
                rule,
                Verdict.Skip,
                ReasonCode.DigestBlocked,
                $"{question.Candidate.Artifact.Digest.Short} is blocked on {question.Place}: deployment {block.DeploymentId} was rolled back ({block.Reason}) Push a repaired image under the tag, or unblock the digest.",
                WouldChange: "Push a repaired image under the tag, or unblock the digest.")
            : RuleFinding.Fine(rule, "The digest has not been rolled back here.");
    }

    /// <summary>
    /// Registries repeat their messages and polls see the live tag at every scan: neither is a wish to go back to it
    /// while a newer one is on its way. A person who asks for it then does mean that.
    /// </summary>
    private static RuleFinding NotAlreadyLive(Question question)
    {
        const string rule = "already-live";
        return question.Facts.Live is { } live && live.Digest == question.Candidate.Artifact.Digest && !question.WantsItAnew
            ? new RuleFinding(
                rule,
                Verdict.Skip,
                ReasonCode.AlreadyLive,
                live.Tag == question.Tag
                    ? $"{question.Tag} with this very digest is live on {question.Place} already."
                    : $"The image behind {question.Tag} is live on {question.Place} already, under the tag {live.Tag}.",
                WouldChange: "Push another image. To make the container anew, ask for it again.")
            : RuleFinding.Fine(rule, question.Facts.Live is null ? "Nothing is live yet." : $"Live is {question.Facts.Live.Tag} ({question.Facts.Live.Digest.Short}).");
    }

    /// <summary>An image of several platforms has another digest when only another platform's part of it changed.</summary>
    private static RuleFinding NotSameOnThisPlatform(Question question)
    {
        const string rule = "same-on-this-platform";
        var (own, live) = (question.Facts.Image?.Contents?.PlatformDigest, question.Facts.LiveImage?.Contents?.PlatformDigest);
        if (question.Facts.Live is null || own is null || live is null)
        {
            return RuleFinding.Fine(rule, question.Facts.Live is null ? "Nothing is live yet." : "Whether it differs on this platform is not known.");
        }

        return own == live && question.Facts.Live.Digest != question.Candidate.Artifact.Digest && !question.WantsItAnew
            ? new RuleFinding(
                rule, Verdict.Skip, ReasonCode.SameOnThisPlatform, $"The digest of {question.Tag} changed, but what it holds for this platform is what is live on {question.Place} already.",
                WouldChange: "Push an image that differs on this platform. To make the container anew, ask for it again.")
            : RuleFinding.Fine(rule, own == live ? "It is the very image that is live." : "It differs on this platform.");
    }

    /// <summary>Only the newest pending deployment counts: it decides what will be live in the end.</summary>
    private static RuleFinding NotAlreadyUnderWay(Question question)
    {
        const string rule = "already-under-way";
        return question.Facts.Pending.Count > 0 && question.Facts.Pending[^1] is var newest && newest.Digest == question.Candidate.Artifact.Digest && !question.Candidate.Again
            ? new RuleFinding(
                rule,
                Verdict.Skip,
                ReasonCode.AlreadyUnderWay,
                $"Deployment {newest.Id} of this very digest is {(newest.IsQueued ? "queued" : "under way")} for {question.Place} already.",
                newest.Id,
                $"Nothing has to: deployment {newest.Id} does it.")
            : RuleFinding.Fine(rule, "The same is not under way.");
    }

    /// <summary>The registry was slow to answer for this one, or did not answer for a while, or it had to wait: who spoke later is right.</summary>
    private static RuleFinding NotOvertaken(Question question)
    {
        const string rule = "overtaken";
        if (question.Policy.Range is not null && !question.ByPerson)
        {
            return RuleFinding.Fine(rule, "Of versions the highest counts, whichever came last.");
        }

        return question.Facts.Later is { } later
            ? new RuleFinding(
                rule,
                Verdict.Skip,
                ReasonCode.Overtaken,
                $"{later.Tag} was asked for on {question.Place} after {question.Tag} was, and {(later.Id is null ? "waits to be deployed" : $"was decided first (deployment {later.Id})")}. The newest counts.",
                WouldChange: $"Deploy {question.Tag} by hand if it is wanted all the same.")
            : RuleFinding.Fine(rule, "Nothing was asked for later.");
    }

    private static RuleFinding LiveInSource(Question question)
    {
        const string rule = "promote-from";
        if (question.Facts.Stage.PromoteFrom is not { } source)
        {
            return RuleFinding.Fine(rule, "The stage takes images from the registry.");
        }

        if (question.Candidate.RollbackOf is not null)
        {
            return RuleFinding.Fine(rule, "It was live on this stage before.");
        }

        var live = question.Facts.LiveInSource;
        if (live?.Digest != question.Candidate.Artifact.Digest)
        {
            return new RuleFinding(
                rule,
                Verdict.Skip,
                ReasonCode.NotLiveInSource,
                $"{question.Place} takes only what is live in {source}, and there {(live is null ? "nothing is live" : $"{live.Tag} ({live.Digest.Short}) is live")}.",
                WouldChange: $"Deploy it to {source} first.");
        }

        return live!.IsHealthy
            ? RuleFinding.Fine(rule, $"It is live in {source}, and well.")
            : new RuleFinding(
                rule, Verdict.Skip, ReasonCode.NotHealthyInSource, $"{question.Place} takes only what is live and well in {source}: {live.Trouble}",
                WouldChange: $"Have it run well in {source}, then ask again.");
    }

    private static RuleFinding NotDeclined(Question question) => PersonRules.NotDeclined(question.Facts.Declined, question.Tag, question.ByPerson);

    private static RuleFinding NotSkipped(Question question) => PersonRules.NotSkipped(question.Facts.Skipped, question.Tag, question.ByPerson);

    private static RuleFinding NotSnoozed(Question question) => PersonRules.NotSnoozed(question.Facts.Snoozed, question.Tag, question.ByPerson, question.Now);

    private static RuleFinding Followed(Question question)
    {
        if (question.ByPerson)
        {
            return RuleFinding.Fine("follow", "A person chose the version.");
        }

        var finding = VersionRules.Follow(question.Policy, question.Version, question.LiveVersion, question.Facts.Pending is [.., var newest] ? Versioned.Of(newest.Tag, null) : null);
        return finding.Verdict == Verdict.Ask && question.Facts.ApprovedBy is { } approver ? RuleFinding.Fine(finding.Rule, $"{approver} approved it.") : finding;
    }

    /// <summary>Whoever follows versions would be brought forward again right after they went back by hand.</summary>
    private static RuleFinding NotLeftBefore(Question question)
    {
        const string rule = "left-before";
        return question.Policy.Range is not null && !question.ByPerson && question.Facts.LeftDeployment is { } left
            ? new RuleFinding(
                rule, Verdict.Skip, ReasonCode.WentBack, $"{question.Tag} was live on {question.Place} before (deployment {left}), and was left for what is live now.",
                WouldChange: "Push a higher version, or deploy this one by hand.")
            : RuleFinding.Fine(rule, "It has not been left before.");
    }

    private static RuleFinding SmallEnough(Question question) => VersionRules.Step(
        question.Policy.Largest, question.Version, question.LiveVersion,
        question.ByPerson ? "A person chose the version." : question.Facts.ApprovedBy is { } approver ? $"{approver} approved it." : null);

    private static RuleFinding AutoDeployIsOn(Question question)
    {
        const string rule = "auto-deploy";
        if (question.ByPerson)
        {
            return RuleFinding.Fine(rule, "A person asked.");
        }

        if (question.Facts.Stage.AutoDeploy || question.Facts.ApprovedBy is not null)
        {
            return RuleFinding.Fine(rule, question.Facts.Stage.AutoDeploy ? "The stage deploys by itself." : $"{question.Facts.ApprovedBy} approved it.");
        }

        return new RuleFinding(
            rule, Verdict.Ask, ReasonCode.AutoDeployOff, $"{question.Place} does not deploy by itself: a person has to deploy {question.Tag}.",
            WouldChange: $"Deploy {question.Tag} by hand, or switch autoDeploy on.");
    }

    private static RuleFinding Confirmed(Question question)
    {
        const string rule = "confirmation";
        return question.Facts.Stage.Confirm && !question.Candidate.Confirmed && !question.Facts.ApprovalConfirms
            ? new RuleFinding(
                rule, Verdict.Ask, ReasonCode.ConfirmationNeeded, $"{question.Place} wants each deployment confirmed. Ask again with confirm: true.",
                WouldChange: "A person has to confirm it.")
            : RuleFinding.Fine(rule, question.Facts.Stage.Confirm ? "A person confirmed it." : "No confirmation is needed.");
    }

    private static RuleFinding OldEnough(Question question) =>
        question.ByPerson ? RuleFinding.Fine("minimum-age", "A person asked.") : TimeRules.MinimumAge(question.Policy, question.Facts.Image, question.Now);

    private static RuleFinding NotFrozen(Question question) => question.ByPerson
        ? TimeRules.FreezeForPerson(question.Policy, question.Now, question.Candidate.Confirmed)
        : TimeRules.Freeze(question.Policy, question.Now);

    private static RuleFinding InWindow(Question question) =>
        question.ByPerson ? RuleFinding.Fine("window", "A person asked.") : TimeRules.Window(question.Policy, question.Now);

    private static RuleFinding JobHasCome(Question question) =>
        question.ByPerson ? RuleFinding.Fine("start", "A person asked.") : TimeRules.Start(question.Policy, question.Candidate.ByUpdateJob);

    private sealed record Question(Candidate Candidate, StageFacts Facts, PolicyRules Policy, DateTimeOffset Now)
    {
        public bool ByPerson => Candidate.Trigger == CandidateTrigger.Manual;

        public string Tag => Candidate.Artifact.Tag;

        public string Place => $"{Facts.Project.Name}/{Facts.Stage.Name}";

        /// <summary>A person wants the container made anew, or wants back what is live while something else is on its way.</summary>
        public bool WantsItAnew => Candidate.Again || (ByPerson && Facts.Pending.Count > 0);

        public Versioned Version => Versioned.Of(Tag, Facts.Image);

        public Versioned? LiveVersion => Facts.Live is { } live ? Versioned.Of(live.Tag, Facts.LiveImage) : null;
    }
}
