using FsCheck;
using FsCheck.Fluent;
using Plimsoll.Apps.Policies;
using Plimsoll.Candidates;
using Plimsoll.Candidates.Images;
using Plimsoll.Decisions;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Decisions;

/// <summary>What must hold for every candidate and every state of a stage, not only for those somebody thought of.</summary>
public sealed class DeciderProperties
{
    private static readonly string[] Tags = ["v1", "v2", "dev-1", "latest", "1.4.2", "v2.0.0-rc.1"];

    private static readonly Gen<IReadOnlyList<TimeFrame>> Frames = Gen.Elements<IReadOnlyList<TimeFrame>>(
        [], [], [new("0 2 * * *", "2h", "Europe/Berlin")], [new("0 2 * * *", "2h")], [new("0 0 29 2 *", "1h"), new("*/5 * * * *", "1m")], [new("never", "x", "y")]);

    private static readonly Gen<Policy> Policies =
        from follow in Gen.Elements("tag", "tag", "semver", "semver 1.x", "semver ?", "")
        from prereleases in Gen.Elements(true, false)
        from include in Gen.Elements<IReadOnlyList<string>>([], [], ["v*"], ["/^v2/", "x"], ["/(/"])
        from exclude in Gen.Elements<IReadOnlyList<string>>([], [], ["v*"], ["/-rc/"])
        from age in Gen.Elements(null, null, "2h", "365d", "?")
        from kind in Gen.Elements("major", "minor", "patch", "digest", "?")
        from start in Gen.Elements(Policy.StartAtOnce, Policy.StartAtOnce, Policy.StartByJob, "?")
        from windows in Frames
        from freezes in Frames
        select new Policy { Start = start, Follow = follow, Prereleases = prereleases, Include = include, Exclude = exclude, MinimumAge = age, UpdateKind = kind, Windows = windows, Freezes = freezes };

    private static readonly Gen<ImageFacts?> Images =
        from created in Gen.Elements<DateTimeOffset?>(null, Given.Now.AddHours(-1), Given.Now.AddYears(-3), DateTimeOffset.MaxValue)
        from version in Gen.Elements(null, "1.4.2", "2", "?")
        from platform in Gen.Elements(null, "sha256:a", "sha256:b")
        from isKnown in Gen.Elements(true, true, false)
        select isKnown ? new ImageFacts(Given.Now.AddHours(-2), new ImageContents { Created = created, Version = version, PlatformDigest = platform }) : null;

    private static readonly Gen<DateTimeOffset> Instants = from hours in Gen.Choose(-20_000, 20_000) from seconds in Gen.Choose(0, 3600) select Given.Now.AddHours(hours).AddSeconds(seconds);

    private static readonly Gen<Candidate> Candidates =
        from tag in Gen.Elements(Tags)
        from trigger in Gen.Elements(Enum.GetValues<CandidateTrigger>())
        from confirmed in Gen.Elements(true, false)
        from again in Gen.Elements(true, false)
        select Given.Candidate(tag, trigger) with { Confirmed = confirmed, Again = again };

    private static readonly Gen<StageFacts> Facts =
        from pattern in Gen.Elements("v*", "*", "latest")
        from autoDeploy in Gen.Elements(true, false)
        from confirm in Gen.Elements(true, false)
        from promote in Gen.Elements<string?>(null, "dev")
        from live in Gen.Elements([.. Tags, ""])
        from pending in Gen.Elements([.. Tags, ""])
        from block in Gen.Elements([.. Tags, ""])
        from source in Gen.Elements([.. Tags, ""])
        from later in Gen.Elements<LaterDeployment?>(null, new("l", "v2"), new(null, "v2"))
        from policy in Policies
        from image in Images
        from liveImage in Images
        from left in Gen.Elements(null, "old")
        from approved in Gen.Elements(null, null, "ada")
        from snoozed in Gen.Elements<Snooze?>(null, null, new(Given.Now.AddHours(5), "ada"))
        from skipped in Gen.Elements<SkippedVersion?>(null, null, new("ada"))
        from declined in Gen.Elements<DeclinedVersion?>(null, null, new("ada", null), new("ada", "not now"))
        from trouble in Gen.Elements(null, "it was stopped.")
        select new StageFacts
        {
            Project = Given.Project,
            Stage = Given.Stage with { TagPattern = pattern, AutoDeploy = autoDeploy, Confirm = confirm, PromoteFrom = promote, Policy = policy },
            Live = live == "" ? null : new RunningArtifact(live, Given.Digest(live)),
            Pending = pending == "" ? [] : [new PendingDeployment("p", pending, Given.Digest(pending), true)],
            Block = block == "" ? null : new BlockedDigest(Given.Digest(block), block, "bad", "d"),
            LiveInSource = source == "" ? null : new RunningArtifact(source, Given.Digest(source), trouble),
            Later = later,
            Image = image,
            LiveImage = liveImage,
            LeftDeployment = left,
            ApprovedBy = approved,
            Snoozed = snoozed,
            Skipped = skipped,
            Declined = declined,
        };

    private static readonly Arbitrary<(Candidate Candidate, StageFacts Facts, DateTimeOffset Now)> Cases =
        (from candidate in Candidates from facts in Facts from now in Instants select (candidate, facts, now)).ToArbitrary();

    [Fact]
    public void Every_decision_has_a_known_reason_and_every_rule_a_sentence() => Check(Prop.ForAll(Cases, input =>
    {
        var decision = Decider.Decide(input.Candidate, input.Facts, input.Now);
        return ReasonCode.All.Contains(decision.ReasonCode) && decision.Reason.Length > 10 && decision.Findings.Count == 22
            && decision.Findings.All(finding => finding.Reason.Length > 5 && finding.Rule.Length > 0)
            && decision.Findings.All(finding => finding.Verdict == Verdict.Deploy
                ? finding.WouldChange is null && finding.LookAgainAt is null
                : ReasonCode.All.Contains(finding.ReasonCode) && finding.WouldChange is { Length: > 5 })
            && decision.Findings.Select(finding => finding.Rule).Distinct().Count() == decision.Findings.Count;
    }));

    [Fact]
    public void The_verdict_is_that_of_the_gravest_finding() => Check(Prop.ForAll(Cases, input =>
    {
        var decision = Decider.Decide(input.Candidate, input.Facts, input.Now);
        return decision.Verdict == decision.Findings.Max(finding => finding.Verdict)
            && (decision.Verdict == Verdict.Deploy || decision.ReasonCode == decision.Findings.First(finding => finding.Verdict == decision.Verdict).ReasonCode);
    }));

    [Fact]
    public void The_same_question_gets_the_same_answer() => Check(Prop.ForAll(Cases, input =>
    {
        var (first, second) = (Decider.Decide(input.Candidate, input.Facts, input.Now), Decider.Decide(input.Candidate, input.Facts, input.Now));
        return first.Findings.SequenceEqual(second.Findings) && first with { Findings = [] } == second with { Findings = [] };
    }));

    /// <summary>What has to wait is looked at again later, and by then the rule that said so does not say the same again at once.</summary>
    [Fact]
    public void A_look_again_is_ahead_and_no_answer_changes_before_it() => Check(Prop.ForAll(Cases, input =>
    {
        var decision = Decider.Decide(input.Candidate, input.Facts, input.Now);
        return decision.LookAgainAt is not { } at
            || (at > input.Now && Decider.Decide(input.Candidate, input.Facts, input.Now + ((at - input.Now) / 2)).Verdict != Verdict.Deploy);
    }));

    [Fact]
    public void A_block_never_turns_a_no_into_a_yes() => Check(Prop.ForAll(Cases, input =>
    {
        var (candidate, facts, now) = input;
        var blocked = facts with { Block = new BlockedDigest(candidate.Artifact.Digest, candidate.Artifact.Tag, "bad", "d") };
        return Decider.Decide(candidate, blocked, now).Verdict == Verdict.Skip;
    }));

    /// <summary>Each safeguard alone, switched on where everything else is as it may be.</summary>
    [Fact]
    public void Switching_a_safeguard_on_never_turns_a_no_into_a_yes() => Check(Prop.ForAll(Cases, input =>
    {
        var (candidate, facts, now) = input;
        return Loosened(facts).All(loose => Decider.Decide(candidate, facts, now).Verdict >= Decider.Decide(candidate, loose, now).Verdict);
    }));

    /// <summary>A yes answers questions and nothing else.</summary>
    [Fact]
    public void An_approval_never_overrides_a_rule_that_does_not_ask() => Check(Prop.ForAll(Cases, input =>
    {
        var (candidate, facts, now) = (input.Candidate with { Trigger = CandidateTrigger.Webhook }, input.Facts with { ApprovedBy = null }, input.Now);
        var without = Decider.Decide(candidate, facts, now);
        var with = Decider.Decide(candidate, facts with { ApprovedBy = "ada", ApprovalConfirms = true }, now);
        return without.Findings.Zip(with.Findings).All(pair => pair.First.Verdict == Verdict.Ask || pair.First == pair.Second || (pair.First.Verdict == Verdict.Deploy && pair.Second.Verdict == Verdict.Deploy))
            && (with.Verdict != Verdict.Deploy || without.Findings.All(finding => finding.Verdict is Verdict.Deploy or Verdict.Ask));
    }));

    private static IEnumerable<StageFacts> Loosened(StageFacts facts)
    {
        var (stage, policy) = (facts.Stage, facts.Stage.Policy);
        yield return facts with { Stage = stage with { Confirm = false } };
        yield return facts with { Stage = stage with { AutoDeploy = true } };
        yield return facts with { Stage = stage with { PromoteFrom = null } };
        yield return facts with { Block = null };
        yield return facts with { Skipped = null };
        yield return facts with { Declined = null };
        yield return facts with { Snoozed = null };
        yield return facts with { LeftDeployment = null };
        yield return facts with { Stage = stage with { Policy = policy with { Include = [] } } };
        yield return facts with { Stage = stage with { Policy = policy with { Exclude = [] } } };
        yield return facts with { Stage = stage with { Policy = policy with { MinimumAge = null } } };
        yield return facts with { Stage = stage with { Policy = policy with { UpdateKind = "major" } } };
        yield return facts with { Stage = stage with { Policy = policy with { Windows = [] } } };
        yield return facts with { Stage = stage with { Policy = policy with { Freezes = [] } } };
        yield return facts with { Stage = stage with { Policy = policy with { Start = Policy.StartAtOnce } } };
        yield return facts with { ApprovedBy = facts.ApprovedBy ?? "ada" };
    }

    private static void Check(Property property) => FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), property);
}
