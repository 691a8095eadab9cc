using Plimsoll.Apps;
using Plimsoll.Apps.Policies;
using Plimsoll.Candidates;
using Plimsoll.Decisions.Rules;
using Plimsoll.Registry;

namespace Plimsoll.Decisions.Containers;

/// <summary>
/// Decides whether a container that somebody else started is updated. Pure, as <see cref="Decider"/>: every rule always speaks, the
/// gravest verdict wins. A person who asks gets past what only holds back what happens by itself, but not past a label that says "leave it".
/// </summary>
internal static class ContainerDecider
{
    public const string RegistryRule = "registry";

    private const string ComposeProject = "com.docker.compose.project";

    /// <summary>What the container and the settings say, whatever the registry has.</summary>
    private static readonly Func<Question, RuleFinding>[] OwnRules =
        [LabelsAreReadable, NotManaged, NotSkippedByLabel, Selected, NotExcludedByLabel, NotWithoutImage, NotBuiltHere, NotPinnedByDigest, NotPinnedByVersion];

    private static readonly Func<Question, RuleFinding>[] Rules =
    [
        .. OwnRules, RegistryKnowsIt, NotUpToDate, NotSameOnThisPlatform,
        NotBlocked, Included, NotExcluded, Followed, NotSkipped, NotSnoozed, SmallEnough, NotOfCompose, Approved, OldEnough, NotFrozen, InWindow,
    ];

    /// <summary>Whether it is left alone whatever its registry has, so that the registry need not be asked.</summary>
    public static bool IsLeftAlone(ContainerSighting sighting, ContainerFacts facts, DateTimeOffset now)
    {
        var question = Ask(sighting, facts, now);
        return Array.Exists(OwnRules, rule => rule(question).Verdict == Verdict.Skip);
    }

    public static Decision Decide(ContainerSighting sighting, ContainerFacts facts, DateTimeOffset now)
    {
        var question = Ask(sighting, facts, now);
        return Decision.Of(Array.ConvertAll(Rules, rule => rule(question)), () => sighting.RequestedBy is { } who
            ? (ReasonCode.AskedFor, $"{who} asked for {question.Tag} on the container {sighting.Name}.")
            : (ReasonCode.UpdateAvailable, $"There is another image under {question.Tag} for the container {sighting.Name}, and nothing speaks against it."));
    }

    private static Question Ask(ContainerSighting sighting, ContainerFacts facts, DateTimeOffset now)
    {
        // An image that has lost its name is listed by its id, which reads like a repository and a tag.
        ImageReference? reference = null;
        _ = !sighting.Image.StartsWith("sha256:", StringComparison.Ordinal) && ImageReference.TryParse(sighting.Image, out reference, out _);
        var labels = PolicyLabels.Read(sighting.Labels);
        return new Question(sighting, facts, reference, labels, PolicyRules.Of(labels.Policy), now);
    }

    private static RuleFinding LabelsAreReadable(Question question)
    {
        const string rule = "labels";
        if (question.Labels.Problems.Count == 0)
        {
            return RuleFinding.Fine(rule, "Its labels can be read.");
        }

        var (label, problem) = question.Labels.Problems.First();
        return new RuleFinding(
            rule, Verdict.Skip, ReasonCode.LabelUnusable, $"The label {label} of {question.Name} has a mistake, so the container is left alone: {problem}", WouldChange: $"Correct the label {label}.");
    }

    private static RuleFinding NotManaged(Question question) => question.Facts.IsManaged
        ? new RuleFinding("managed", Verdict.Skip, ReasonCode.ManagedByPlimsoll, $"{question.Name} is an instance of a stage, and its stage decides.", WouldChange: "Nothing: look at the stage.")
        : RuleFinding.Fine("managed", "No stage decides about it.");

    private static RuleFinding NotSkippedByLabel(Question question)
    {
        const string rule = "skip-label";
        return (question.Labels.SkippedBy ?? FirstMatch(question, question.Facts.Policy.SkipLabels)) is { } label
            ? new RuleFinding(rule, Verdict.Skip, ReasonCode.SkippedByLabel, $"{question.Name} has the label {label}, which says to leave it alone.", WouldChange: $"Take the label {label} away.")
            : RuleFinding.Fine(rule, "No label says to leave it alone.");
    }

    private static RuleFinding Selected(Question question)
    {
        const string rule = "only-labels";
        var wanted = question.Facts.Policy.OnlyLabels;
        return wanted.Count == 0 || FirstMatch(question, wanted) is not null
            ? RuleFinding.Fine(rule, wanted.Count == 0 ? "Every container is looked at." : "It has one of the labels that are asked for.")
            : new RuleFinding(
                rule, Verdict.Skip, ReasonCode.NotSelected, $"{question.Name} has none of the labels {string.Join(", ", wanted)}.", WouldChange: $"Give it one of the labels {string.Join(", ", wanted)}.");
    }

    private static RuleFinding NotExcludedByLabel(Question question)
    {
        const string rule = "exclude-labels";
        return FirstMatch(question, question.Facts.Policy.ExcludeLabels) is { } label
            ? new RuleFinding(rule, Verdict.Skip, ReasonCode.NotSelected, $"{question.Name} has the label {label}, whose containers are not looked at.", WouldChange: $"Take the label {label} away.")
            : RuleFinding.Fine(rule, "It has no label that excludes it.");
    }

    private static RuleFinding NotWithoutImage(Question question) => question.Facts.IsImageGone
        ? new RuleFinding(
            "image-gone", Verdict.Skip, ReasonCode.ImageGone, $"The engine no longer has the image that {question.Name} was made from, so it cannot be compared.", WouldChange: "Make the container anew.")
        : RuleFinding.Fine("image-gone", "The engine has its image.");

    private static RuleFinding NotBuiltHere(Question question)
    {
        const string rule = "local-build";
        return !question.Facts.IsImageGone && question.Sighting.RepoDigests.Count == 0 && question.Facts.Policy.SkipLocalBuild
            ? new RuleFinding(
                rule, Verdict.Skip, ReasonCode.LocalBuild, $"The image of {question.Name} was built on this engine: no registry has given it a digest.",
                WouldChange: "Push the image and pull it, or set skipLocalBuild to false.")
            : RuleFinding.Fine(rule, question.Sighting.RepoDigests.Count == 0 ? "It was built here, which does not matter." : "It was pulled from a registry.");
    }

    private static RuleFinding NotPinnedByDigest(Question question)
    {
        const string rule = "pinned-digest";
        if (question.Reference?.Digest is null)
        {
            return question.Reference is null
                ? new RuleFinding(
                    rule, Verdict.Skip, ReasonCode.PinnedDigest, $"{question.Name} was made from '{Excerpt(question.Sighting.Image)}', which names an image of this engine and no tag of a registry.",
                    WouldChange: "Make the container from a reference with a tag.")
                : RuleFinding.Fine(rule, "No digest is written in its image reference.");
        }

        if (question.Reference.Tag is null)
        {
            return new RuleFinding(
                rule, Verdict.Skip, ReasonCode.PinnedDigest, $"{question.Name} names its image by digest and no tag, so there is nothing to follow.", WouldChange: "Make the container from a reference with a tag.");
        }

        return question.Facts.Policy.SkipPinnedDigest && !question.Labels.Force
            ? new RuleFinding(
                rule, Verdict.Skip, ReasonCode.PinnedDigest, $"{question.Name} names its image by digest: somebody wants this very one.",
                WouldChange: "Name the image by its tag, give the container the label watchdocker.force=true, or set skipPinnedDigest to false.")
            : RuleFinding.Fine(rule, question.Labels.Force ? "A label says to update it although its digest is written." : "A written digest is no pin here.");
    }

    private static RuleFinding NotPinnedByVersion(Question question)
    {
        const string rule = "pinned-version";
        if (question.Reference?.Tag is not { } tag || !TagVersion.IsStrict(tag) || !question.Facts.Policy.SkipSemverPinned)
        {
            return RuleFinding.Fine(rule, "Its tag is no pin.");
        }

        if (question.Facts.Policy.FloatingTags.FirstOrDefault(pattern => new TagPattern(pattern).Matches(tag)) is { } floating)
        {
            return RuleFinding.Fine(rule, $"'{tag}' is a tag that moves ({floating}).");
        }

        return question.Labels.Force || question.Labels.FollowsVersions
            ? RuleFinding.Fine(rule, question.Labels.Force ? "A label says to update it although its version is written." : "A label says which versions to follow.")
            : new RuleFinding(
                rule, Verdict.Skip, ReasonCode.PinnedVersion, $"{question.Name} names a whole version ({tag}): somebody wants this very one.",
                WouldChange: "Give the container the label plimsoll.policy.follow=semver or watchdocker.force=true, or set skipSemverPinned to false.");
    }

    private static RuleFinding RegistryKnowsIt(Question question) => question.Facts.RemoteDigest is { } remote
        ? RuleFinding.Fine(RegistryRule, $"The registry has {remote.Short} under {question.Tag}.")
        : new RuleFinding(
            RegistryRule, Verdict.Wait, question.Facts.RemoteProblemCode ?? ReasonCode.RegistryUnreachable, $"What the registry has under {question.Tag} is not known{(question.Facts.RemoteProblem is { } why ? $": {why}" : " yet.")}",
            WouldChange: "The registry has to answer; it is asked again at the next scan.");

    private static RuleFinding NotUpToDate(Question question)
    {
        const string rule = "up-to-date";
        return question.Facts.RemoteDigest is { } remote && question.Sighting.RepoDigests.Contains(remote)
            ? new RuleFinding(rule, Verdict.Skip, ReasonCode.UpToDate, $"{question.Name} runs what the registry has under {question.Tag}.", WouldChange: "Push another image under the tag.")
            : RuleFinding.Fine(rule, "It does not run what the registry has now.");
    }

    private static RuleFinding NotSameOnThisPlatform(Question question)
    {
        const string rule = "same-on-this-platform";
        var (remote, local) = (question.Facts.RemotePlatformDigest, question.Facts.LocalPlatformDigest);
        return remote is not null && remote == local
            ? new RuleFinding(
                rule, Verdict.Skip, ReasonCode.SameOnThisPlatform, $"The digest of {question.Tag} changed, but what it holds for {question.Sighting.Platform ?? "this platform"} is what runs already.",
                WouldChange: "Push an image that differs on this platform.")
            : RuleFinding.Fine(rule, remote is null || local is null ? "Whether it differs on this platform is not known." : "It differs on this platform.");
    }

    private static RuleFinding NotBlocked(Question question) => question.Facts.Block is { } block
        ? new RuleFinding(
            "blocked-digest", Verdict.Skip, ReasonCode.DigestBlocked, $"{block.Digest.Short} is blocked for {question.Name}: an update to it failed ({block.Reason})",
            WouldChange: "Push a repaired image under the tag, or unblock the digest.")
        : RuleFinding.Fine("blocked-digest", "No update to this digest has failed.");

    private static RuleFinding Included(Question question) =>
        question.ByPerson ? RuleFinding.Fine("include", "A person chose it.") : TagRules.Include(question.Policy, question.Tag);

    private static RuleFinding NotExcluded(Question question) =>
        question.ByPerson ? RuleFinding.Fine("exclude", "A person chose it.") : TagRules.Exclude(question.Policy, question.Tag);

    private static RuleFinding Followed(Question question)
    {
        if (question.ByPerson)
        {
            return RuleFinding.Fine("follow", "A person chose the version.");
        }

        var finding = VersionRules.Follow(question.Policy, question.Offered, question.Running, null);
        return finding.Verdict == Verdict.Ask && question.Facts.ApprovedBy is { } approver ? RuleFinding.Fine(finding.Rule, $"{approver} approved it.") : finding;
    }

    private static RuleFinding NotSkipped(Question question) => PersonRules.NotSkipped(question.Facts.Skipped, question.Tag, question.ByPerson);

    private static RuleFinding NotSnoozed(Question question) => PersonRules.NotSnoozed(question.Facts.Snoozed, question.Tag, question.ByPerson, question.Now);

    private static RuleFinding SmallEnough(Question question) => VersionRules.Step(
        question.Policy.Largest, question.Offered, question.Running,
        question.ByPerson ? "A person chose the version." : question.Facts.ApprovedBy is { } approver ? $"{approver} approved it." : null);

    private static RuleFinding NotOfCompose(Question question)
    {
        const string rule = "compose";
        if (!question.Sighting.Labels.TryGetValue(ComposeProject, out var project))
        {
            return RuleFinding.Fine(rule, "It belongs to no compose project.");
        }

        return question.Facts.Policy.AllowComposeUpdate || question.Decided is not null
            ? RuleFinding.Fine(rule, question.Decided ?? "Containers of compose projects are updated as well.")
            : new RuleFinding(
                rule, Verdict.Ask, ReasonCode.ComposeProject, $"{question.Name} belongs to the compose project '{Excerpt(project)}', so the update is only told.",
                WouldChange: "Update it with compose, approve it, or set allowComposeUpdate to true.");
    }

    private static RuleFinding Approved(Question question)
    {
        const string rule = "approval";
        return question.Labels.NeedsApproval && question.Decided is null
            ? new RuleFinding(rule, Verdict.Ask, ReasonCode.ApprovalNeeded, $"{question.Name} wants each update approved.", WouldChange: "A person has to approve it.")
            : RuleFinding.Fine(rule, question.Labels.NeedsApproval ? question.Decided! : "No approval is needed.");
    }

    private static RuleFinding OldEnough(Question question) =>
        question.ByPerson ? RuleFinding.Fine("minimum-age", "A person asked.") : TimeRules.MinimumAge(question.Policy, question.Facts.RemoteImage, question.Now);

    private static RuleFinding NotFrozen(Question question) => question.ByPerson
        ? TimeRules.FreezeForPerson(question.Policy, question.Now, question.Sighting.Confirmed)
        : TimeRules.Freeze(question.Policy, question.Now);

    private static RuleFinding InWindow(Question question) =>
        question.ByPerson ? RuleFinding.Fine("window", "A person asked.") : TimeRules.Window(question.Policy, question.Now);

    /// <summary>The first of the wanted labels, written <c>name</c> or <c>name=value</c>, that the container has.</summary>
    private static string? FirstMatch(Question question, IReadOnlyList<string> wanted) => wanted.FirstOrDefault(label =>
        label.IndexOf('=') is >= 0 and var sign
            ? question.Sighting.Labels.TryGetValue(label[..sign], out var value) && value == label[(sign + 1)..]
            : question.Sighting.Labels.ContainsKey(label));

    private static string Excerpt(string text) => text.Length <= 80 ? text : text[..80] + "…";

    private sealed record Question(ContainerSighting Sighting, ContainerFacts Facts, ImageReference? Reference, PolicyLabels Labels, PolicyRules Policy, DateTimeOffset Now)
    {
        public bool ByPerson => Sighting.RequestedBy is not null;

        public string Name => Sighting.Name;

        public string Tag => Sighting.CandidateTag ?? Reference?.Tag ?? "latest";

        /// <summary>That a person has decided, as a sentence; null: nobody has.</summary>
        public string? Decided => ByPerson ? "A person asked." : Facts.ApprovedBy is { } approver ? $"{approver} approved it." : null;

        public Versioned Offered => Versioned.Of(Tag, Facts.RemoteImage);

        public Versioned Running => Versioned.Of(Reference?.Tag ?? "latest", Facts.LocalImage);
    }
}
