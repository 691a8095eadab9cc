using FsCheck;
using FsCheck.Fluent;
using Plimsoll.Apps.Policies;
using Plimsoll.Candidates;
using Plimsoll.Candidates.Images;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Containers;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Decisions.Containers;

public sealed class ContainerDeciderTests
{
    private static readonly ContainerSighting Web = new() { Name = "web", Image = "nginx:latest", RepoDigests = [Given.Digest("old")], Platform = "linux/amd64" };

    private static readonly ContainerFacts News = new() { RemoteDigest = Given.Digest("new") };

    [Fact]
    public void Another_image_under_a_tag_that_moves_is_an_update()
    {
        var decision = Decide(Web, News);

        (decision.Verdict, decision.ReasonCode).ShouldBe((Verdict.Deploy, ReasonCode.UpdateAvailable));
    }

    [Theory]
    [InlineData("watchdocker.skip", "true", ReasonCode.SkippedByLabel)]
    [InlineData("watchdocker.skip", "false", ReasonCode.UpdateAvailable)]
    [InlineData("plimsoll.policy.skip", "true", ReasonCode.SkippedByLabel)]
    [InlineData("plimsoll.policy.minimum-age", "2h", ReasonCode.TooYoung)]
    [InlineData("plimsoll.policy.window", "0 4 * * * for 2h", ReasonCode.OutsideWindow)]
    [InlineData("plimsoll.policy.freeze", "0 0 1 5 * for 1d", ReasonCode.Frozen)]
    [InlineData("plimsoll.policy.approval", "true", ReasonCode.ApprovalNeeded)]
    [InlineData("plimsoll.policy.exclude", "late*", ReasonCode.TagExcluded)]
    [InlineData("plimsoll.policy.include", "stable", ReasonCode.TagNotIncluded)]
    [InlineData("plimsoll.policy.follow", "newest", ReasonCode.LabelUnusable)]
    [InlineData("plimsoll.policy.typo", "true", ReasonCode.LabelUnusable)]
    [InlineData("com.docker.compose.project", "shop", ReasonCode.ComposeProject)]
    public void A_label_says_how(string label, string value, string expected)
    {
        var decision = Decide(Web with { Labels = new Dictionary<string, string> { [label] = value } }, News);

        decision.ReasonCode.ShouldBe(expected);
        if (expected is ReasonCode.LabelUnusable or ReasonCode.SkippedByLabel)
        {
            decision.Reason.ShouldContain(label);
        }
    }

    [Theory]
    [InlineData("nginx:1.25", ReasonCode.UpdateAvailable)]
    [InlineData("nginx:1.25.3", ReasonCode.PinnedVersion)]
    [InlineData("nginx:v1.25.3", ReasonCode.PinnedVersion)]
    [InlineData("nginx", ReasonCode.UpdateAvailable)]
    [InlineData("nginx:latest@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ReasonCode.PinnedDigest)]
    [InlineData("nginx@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ReasonCode.PinnedDigest)]
    [InlineData("sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ReasonCode.PinnedDigest)]
    public void What_is_pinned_is_left_alone(string image, string expected) => Decide(Web with { Image = image }, News).ReasonCode.ShouldBe(expected);

    [Fact]
    public void A_label_or_a_setting_lifts_a_pin()
    {
        var pinned = Web with { Image = "nginx:1.25.3" };
        var forced = new Dictionary<string, string> { ["watchdocker.force"] = "true" };

        Decide(pinned with { Labels = forced }, News).Verdict.ShouldBe(Verdict.Deploy);
        Decide(pinned, News with { Policy = new ContainerPolicy { SkipSemverPinned = false } }).Verdict.ShouldBe(Verdict.Deploy);
        Decide(pinned, News with { Policy = new ContainerPolicy { FloatingTags = ["1.25.*"] } }).Verdict.ShouldBe(Verdict.Deploy);
        Decide(Web with { Image = $"nginx:latest@{Given.Digest("old")}", Labels = forced }, News).Verdict.ShouldBe(Verdict.Deploy);
        Decide(Web with { Image = $"nginx@{Given.Digest("old")}", Labels = forced }, News).ReasonCode.ShouldBe(ReasonCode.PinnedDigest, "there is no tag to follow");
    }

    [Theory]
    [InlineData("1.26.0", ReasonCode.UpdateAvailable)]
    [InlineData("2.0.0", ReasonCode.NotInRange)]
    [InlineData("1.24.0", ReasonCode.NotNewer)]
    public void Versions_are_followed_where_a_label_says_so(string offered, string expected) => Decide(
        Web with { Image = "nginx:1.25.3", CandidateTag = offered, Labels = new Dictionary<string, string> { ["plimsoll.policy.follow"] = "semver 1.x" } }, News).ReasonCode.ShouldBe(expected);

    [Fact]
    public void Labels_choose_which_containers_are_looked_at()
    {
        var labelled = Web with { Labels = new Dictionary<string, string> { ["team"] = "a" } };
        Decide(labelled, With(new ContainerPolicy { OnlyLabels = ["team=b"] })).ReasonCode.ShouldBe(ReasonCode.NotSelected);
        Decide(labelled, With(new ContainerPolicy { OnlyLabels = ["team"] })).Verdict.ShouldBe(Verdict.Deploy);
        Decide(labelled, With(new ContainerPolicy { ExcludeLabels = ["team=a"] })).ReasonCode.ShouldBe(ReasonCode.NotSelected);
        Decide(labelled, With(new ContainerPolicy { SkipLabels = ["team"] })).ReasonCode.ShouldBe(ReasonCode.SkippedByLabel);
    }

    [Fact]
    public void What_runs_already_was_built_here_or_belongs_to_a_stage_is_left_alone()
    {
        Decide(Web, News with { RemoteDigest = Given.Digest("old") }).ReasonCode.ShouldBe(ReasonCode.UpToDate);
        Decide(Web, News with { RemotePlatformDigest = Given.Digest("p"), LocalPlatformDigest = Given.Digest("p") }).ReasonCode.ShouldBe(ReasonCode.SameOnThisPlatform);
        Decide(Web with { RepoDigests = [] }, News).ReasonCode.ShouldBe(ReasonCode.LocalBuild);
        Decide(Web with { RepoDigests = [] }, With(new ContainerPolicy { SkipLocalBuild = false })).Verdict.ShouldBe(Verdict.Deploy);
        Decide(Web, News with { IsManaged = true }).ReasonCode.ShouldBe(ReasonCode.ManagedByPlimsoll);
        Decide(Web, News with { Block = new BlockedDigest(Given.Digest("new"), "latest", "It fell over.", "d") }).ReasonCode.ShouldBe(ReasonCode.DigestBlocked);
        Decide(Web, News with { RemoteDigest = null, RemoteProblem = "it is away." }).Reason.ShouldContain("it is away.");
    }

    [Fact]
    public void A_person_gets_past_what_holds_back_but_not_past_a_label_that_says_no()
    {
        var compose = new Dictionary<string, string> { ["com.docker.compose.project"] = "shop", ["plimsoll.policy.approval"] = "true", ["plimsoll.policy.minimum-age"] = "9d" };
        Decide(Web with { Labels = compose, RequestedBy = "ada" }, News).ReasonCode.ShouldBe(ReasonCode.AskedFor);
        Decide(Web with { Labels = new Dictionary<string, string> { ["watchdocker.skip"] = "true" }, RequestedBy = "ada" }, News).ReasonCode.ShouldBe(ReasonCode.SkippedByLabel);
    }

    [Fact]
    public void Properties()
    {
        var labels = Gen.SubListOf(new[]
        {
            ("watchdocker.skip", "true"), ("watchdocker.force", "true"), ("plimsoll.policy.follow", "semver 1.x"), ("plimsoll.policy.follow", "?"), ("plimsoll.policy.window", "0 2 * * * for 2h"),
            ("plimsoll.policy.freeze", "0 2 * * * for 2h"), ("plimsoll.policy.approval", "true"), ("plimsoll.policy.update-kind", "minor"), ("com.docker.compose.project", "x"), ("team", "a"),
        });
        var cases =
            from image in Gen.Elements("nginx", "nginx:1.25.3", "nginx:1", "", "UPPER CASE", "nginx:latest@" + Given.Digest("old"), "sha256:" + new string('a', 64))
            from chosen in labels
            from local in Gen.Elements(0, 1)
            from remote in Gen.Elements("old", "new", "")
            from tag in Gen.Elements(null, "1.26.0", "2.0.0", "?")
            from who in Gen.Elements(null, null, "ada")
            from created in Gen.Elements<DateTimeOffset?>(null, Given.Now.AddMinutes(-5))
            from hours in Gen.Choose(0, 48)
            select (
                Sighting: new ContainerSighting
                {
                    Name = "web", Image = image, CandidateTag = tag, RequestedBy = who, RepoDigests = local == 0 ? [] : [Given.Digest("old")],
                    Labels = chosen.DistinctBy(label => label.Item1).ToDictionary(label => label.Item1, label => label.Item2),
                },
                Facts: new ContainerFacts { RemoteDigest = remote == "" ? null : Given.Digest(remote), RemoteImage = new ImageFacts(Given.Now, new ImageContents { Created = created }) },
                Now: Given.Now.AddHours(hours));
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(cases.ToArbitrary(), input =>
        {
            var decision = ContainerDecider.Decide(input.Sighting, input.Facts, input.Now);
            var again = ContainerDecider.Decide(input.Sighting, input.Facts, input.Now);
            ContainerFacts[] stricter =
            [
                input.Facts with { Block = new BlockedDigest(Given.Digest("new"), "latest", "bad", "d") }, input.Facts with { IsManaged = true }, input.Facts with { Skipped = new SkippedVersion("ada") },
                input.Facts with { Snoozed = new Snooze(input.Now.AddHours(1), "ada") }, input.Facts with { Policy = new ContainerPolicy { OnlyLabels = ["no"] } }, input.Facts with { Policy = new ContainerPolicy { ExcludeLabels = ["team"] } },
            ];
            var loose = input.Facts with { Policy = new ContainerPolicy { SkipLocalBuild = false, SkipPinnedDigest = false, SkipSemverPinned = false, SkipLabels = [], AllowComposeUpdate = true } };
            return decision.Findings.SequenceEqual(again.Findings)
                && decision.Verdict == decision.Findings.Max(finding => finding.Verdict)
                && decision.Findings.Count == 24
                && decision.Findings.All(finding => finding.Reason.Length > 5 && (finding.Verdict == Verdict.Deploy) == (finding.WouldChange is null))
                && decision.Findings.Where(finding => finding.Verdict != Verdict.Deploy).All(finding => ReasonCode.All.Contains(finding.ReasonCode))
                && ReasonCode.All.Contains(decision.ReasonCode)
                && stricter.All(strict => ContainerDecider.Decide(input.Sighting, strict, input.Now).Verdict >= decision.Verdict)
                && ContainerDecider.Decide(input.Sighting, loose, input.Now).Verdict <= decision.Verdict;
        }));
    }

    private static ContainerFacts With(ContainerPolicy policy) => News with { Policy = policy };

    private static Decision Decide(ContainerSighting sighting, ContainerFacts facts) => ContainerDecider.Decide(sighting, facts, Given.Now);
}
