using System.Globalization;
using Plimsoll.Apps.Policies;
using Plimsoll.Candidates;
using Plimsoll.Candidates.Images;
using Plimsoll.Decisions;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Decisions;

/// <summary>Each rule of a policy alone: everything else lets the candidate through.</summary>
public sealed class PolicyRulesTests
{
    [Theory]
    [InlineData("semver 1.x", "v1.4.0", "v1.5.0", ReasonCode.Matches)]
    [InlineData("semver 1.x", null, "v1.5.0", ReasonCode.Matches)]
    [InlineData("semver 1.x", "v1.4.0", "v1.3.9", ReasonCode.NotNewer)]
    [InlineData("semver 1.x", "v1.4.0", "v1.4", ReasonCode.NotNewer)]
    [InlineData("semver 1.x", "v1.4.0", "v2.0.0", ReasonCode.NotInRange)]
    [InlineData("semver 1.x", "v1.4.0", "v1.5.0-rc.1", ReasonCode.PreRelease)]
    [InlineData("semver", "v1.4.0", "vnext", ReasonCode.NotAVersion)]
    [InlineData("semver", "vnext", "v1.4.0", ReasonCode.UpdateUnclear)]
    [InlineData("tag", "v1.4.0", "v1.3.9", ReasonCode.Matches)]
    public void Following_versions(string follow, string? live, string candidate, string expected) =>
        Decide(new Policy { Follow = follow }, candidate, live).ReasonCode.ShouldBe(expected);

    [Fact]
    public void The_same_version_made_anew_is_followed_under_its_tag()
    {
        var facts = Facts(new Policy { Follow = "semver" }) with { Live = new RunningArtifact("v1.4.0", Given.Digest("before")) };

        Decider.Decide(Given.Candidate("v1.4.0"), facts, Given.Now).Verdict.ShouldBe(Verdict.Deploy);
    }

    [Fact]
    public void A_lower_version_does_not_come_after_a_higher_one_that_is_on_its_way() =>
        Decider.Decide(Given.Candidate("v1.5.0"), Facts(new Policy { Follow = "semver" }, "v1.4.0") with { Pending = [new PendingDeployment("p", "v1.6.0", Given.Digest("v1.6.0"), true)] }, Given.Now)
            .ReasonCode.ShouldBe(ReasonCode.NotNewer);

    [Fact]
    public void Whoever_went_back_by_hand_is_not_brought_forward_again()
    {
        var facts = Facts(new Policy { Follow = "semver" }, "v1.4.0") with { LeftDeployment = "dep9" };

        var decision = Decider.Decide(Given.Candidate("v1.5.0", CandidateTrigger.Poll), facts, Given.Now);

        decision.ReasonCode.ShouldBe(ReasonCode.WentBack);
        decision.Reason.ShouldContain("dep9");
        Decider.Decide(Given.Candidate("v1.5.0", CandidateTrigger.Manual), facts, Given.Now).Verdict.ShouldBe(Verdict.Deploy);
    }

    [Theory]
    [InlineData("v1.4*", null, "v1.4.2", ReasonCode.Matches)]
    [InlineData("v1.4*", null, "v1.5.0", ReasonCode.TagNotIncluded)]
    [InlineData("v1.4* /^v1\\.5/", null, "v1.5.0", ReasonCode.Matches)]
    [InlineData(null, "/-debug$/", "v1.4.2-debug", ReasonCode.TagExcluded)]
    [InlineData(null, "/-debug$/", "v1.4.2", ReasonCode.Matches)]
    [InlineData(null, "/^v(1+)+(?<!b)$/", "v1111111111111111111111111111111111111111111!", ReasonCode.PatternTimedOut)]
    public void Included_and_excluded_tags(string? include, string? exclude, string tag, string expected) =>
        Decide(new Policy { Include = include?.Split(' ') ?? [], Exclude = exclude?.Split(' ') ?? [] }, tag).ReasonCode.ShouldBe(expected);

    [Theory]
    [InlineData("major", "v1.4.0", "v2.0.0", ReasonCode.Matches)]
    [InlineData("minor", "v1.4.0", "v2.0.0", ReasonCode.UpdateTooLarge)]
    [InlineData("minor", "v1.4.0", "v1.5.0", ReasonCode.Matches)]
    [InlineData("patch", "v1.4.0", "v1.5.0", ReasonCode.UpdateTooLarge)]
    [InlineData("patch", "v1.4.0", "v1.4.1", ReasonCode.Matches)]
    [InlineData("digest", "v1.4.0", "v1.4.1", ReasonCode.UpdateTooLarge)]
    [InlineData("digest", null, "v1.4.1", ReasonCode.Matches)]
    [InlineData("minor", "vnext", "v1.4.1", ReasonCode.UpdateUnclear)]
    public void How_large_a_step_may_be(string largest, string? live, string candidate, string expected) =>
        Decide(new Policy { UpdateKind = largest }, candidate, live).ReasonCode.ShouldBe(expected);

    [Fact]
    public void A_tag_that_moves_is_measured_by_what_the_images_say_of_their_version()
    {
        var facts = Facts(new Policy { UpdateKind = "minor" }) with
        {
            Live = new RunningArtifact("vlatest", Given.Digest("before")),
            LiveImage = Image(version: "1.4.0"),
            Image = Image(version: "2.0.0"),
        };

        Decider.Decide(Given.Candidate("vlatest"), facts, Given.Now).ReasonCode.ShouldBe(ReasonCode.UpdateTooLarge);
        Decider.Decide(Given.Candidate("vlatest"), facts with { Image = Image(version: "1.5.0") }, Given.Now).Verdict.ShouldBe(Verdict.Deploy);
        Decider.Decide(Given.Candidate("vlatest"), facts with { ApprovedBy = "ada" }, Given.Now).Verdict.ShouldBe(Verdict.Deploy);
    }

    [Theory]
    [InlineData("2026-05-01T00:30:00Z", "2026-05-01T02:00:00Z", ReasonCode.Matches, null)]
    [InlineData("2026-05-01T02:00:00Z", "2026-05-01T02:30:00Z", ReasonCode.TooYoung, "2026-05-01T04:00:00Z")]
    [InlineData(null, "2026-05-01T02:30:00Z", ReasonCode.TooYoung, "2026-05-01T04:30:00Z")]
    [InlineData("2099-01-01T00:00:00Z", "2026-05-01T02:30:00Z", ReasonCode.TooYoung, "2026-05-01T04:30:00Z")]
    public void The_age_counts_from_when_it_was_built_or_else_first_seen(string? created, string seen, string expected, string? lookAgainAt)
    {
        var decision = Decider.Decide(Given.Candidate("v2"), Facts(new Policy { MinimumAge = "2h" }) with { Image = Image(created: created, seen: seen) }, Given.Now);

        decision.ReasonCode.ShouldBe(expected);
        decision.LookAgainAt.ShouldBe(lookAgainAt is null ? null : At(lookAgainAt));
    }

    /// <summary>Now is 03:00 in UTC and 05:00 in Berlin, on a Friday.</summary>
    [Theory]
    [InlineData("0 5 * * *", "2h", "Europe/Berlin", true, null)]
    [InlineData("0 4 * * *", "1h", "Europe/Berlin", false, "2026-05-02T02:00:00Z")]
    [InlineData("0 2 * * *", "2h", "UTC", true, null)]
    [InlineData("0 4 * * 6", "2h", "UTC", false, "2026-05-02T04:00:00Z")]
    public void Outside_every_window_it_waits_until_the_next_opens(string cron, string duration, string zone, bool open, string? opens)
    {
        var decision = Decide(new Policy { Windows = [new TimeFrame(cron, duration, zone)] }, "v2");

        decision.ReasonCode.ShouldBe(open ? ReasonCode.Matches : ReasonCode.OutsideWindow);
        decision.LookAgainAt.ShouldBe(opens is null ? null : At(opens));
    }

    [Fact]
    public void In_a_freeze_it_waits_until_the_end_and_tells_the_reason()
    {
        var policy = new Policy { Freezes = [new TimeFrame("0 0 1 5 *", "2d", "Europe/Berlin", "holidays")] };

        var decision = Decide(policy, "v2");

        (decision.Verdict, decision.ReasonCode, decision.LookAgainAt).ShouldBe((Verdict.Wait, ReasonCode.Frozen, At("2026-05-02T22:00:00Z")));
        decision.Reason.ShouldContain("2026-05-03 00:00 Europe/Berlin (holidays)");
    }

    [Fact]
    public void A_person_is_not_held_back_but_has_to_confirm_in_a_freeze()
    {
        var policy = new Policy
        {
            Follow = "semver 9.x", Include = ["x*"], Exclude = ["v*"], MinimumAge = "365d", UpdateKind = "digest",
            Windows = [new TimeFrame("0 0 29 2 *", "1h")], Freezes = [new TimeFrame("0 0 1 5 *", "2d")],
        };
        var asked = Given.Candidate("v2", CandidateTrigger.Manual);

        Decider.Decide(asked, Facts(policy, "v1"), Given.Now).ReasonCode.ShouldBe(ReasonCode.ConfirmationNeeded);
        Decider.Decide(asked with { Confirmed = true }, Facts(policy, "v1"), Given.Now).ReasonCode.ShouldBe(ReasonCode.AskedFor);
    }

    [Fact]
    public void Of_several_that_wait_the_last_says_when_to_look_again()
    {
        var policy = new Policy { MinimumAge = "2h", Windows = [new TimeFrame("0 4 * * *", "2h")] };

        Decider.Decide(Given.Candidate("v2"), Facts(policy) with { Image = Image(seen: "2026-05-01T02:30:00Z") }, Given.Now).LookAgainAt.ShouldBe(At("2026-05-01T04:30:00Z"));
    }

    [Fact]
    public void What_is_the_same_on_this_platform_is_no_update()
    {
        var facts = Facts(Policy.Default, "v1") with { LiveImage = Image(platform: "sha256:a"), Image = Image(platform: "sha256:a") };

        Decider.Decide(Given.Candidate("v2"), facts, Given.Now).ReasonCode.ShouldBe(ReasonCode.SameOnThisPlatform);
        Decider.Decide(Given.Candidate("v2"), facts with { Image = Image(platform: "sha256:b") }, Given.Now).Verdict.ShouldBe(Verdict.Deploy);
        Decider.Decide(Given.Candidate("v2"), facts with { Image = null }, Given.Now).Verdict.ShouldBe(Verdict.Deploy);
        Decider.Decide(Given.Candidate("v2", CandidateTrigger.Manual) with { Again = true }, facts, Given.Now).Verdict.ShouldBe(Verdict.Deploy);
    }

    [Fact]
    public void What_is_not_well_in_the_source_is_not_taken_from_it()
    {
        var facts = Given.Facts(Given.Stage with { PromoteFrom = "dev" }) with { LiveInSource = new RunningArtifact("v2", Given.Digest("v2"), "v2 was stopped by a person.") };

        var decision = Decider.Decide(Given.Candidate("v2", CandidateTrigger.Manual), facts, Given.Now);

        decision.ReasonCode.ShouldBe(ReasonCode.NotHealthyInSource);
        decision.Reason.ShouldContain("stopped by a person");
    }

    [Fact]
    public void A_skipped_version_and_a_snooze_hold_until_a_person_asks_or_the_time_is_over()
    {
        var candidate = Given.Candidate("v2");
        Decider.Decide(candidate, Given.Facts() with { Skipped = new SkippedVersion("ada") }, Given.Now).ReasonCode.ShouldBe(ReasonCode.VersionSkipped);
        var snoozed = Given.Facts(Given.Stage with { AutoDeploy = false }) with { Snoozed = new Snooze(Given.Now.AddHours(1), "ada") };

        var decision = Decider.Decide(candidate, snoozed, Given.Now);

        (decision.ReasonCode, decision.LookAgainAt).ShouldBe((ReasonCode.Snoozed, Given.Now.AddHours(1)));
        Decider.Decide(candidate, snoozed, Given.Now.AddHours(1)).ReasonCode.ShouldBe(ReasonCode.AutoDeployOff);
        Decider.Decide(Given.Candidate("v2", CandidateTrigger.Manual), snoozed, Given.Now).Verdict.ShouldBe(Verdict.Deploy);
    }

    [Fact]
    public void An_approval_answers_every_question_but_the_confirmation()
    {
        var facts = Facts(new Policy { UpdateKind = "patch" }, "v1.0.0") with { ApprovedBy = "ada" };
        var asking = facts with { Stage = facts.Stage with { AutoDeploy = false } };

        Decider.Decide(Given.Candidate("v2.0.0"), asking, Given.Now).Reason.ShouldContain("ada approved");
        Decider.Decide(Given.Candidate("v2.0.0"), asking with { Stage = asking.Stage with { Confirm = true } }, Given.Now).ReasonCode.ShouldBe(ReasonCode.ConfirmationNeeded);
    }

    [Fact]
    public void A_policy_that_cannot_be_read_any_more_deploys_nothing_by_itself()
    {
        var decision = Decide(new Policy { Windows = [new TimeFrame("0 2 * * *", "2h", "Atlantis/Centre")] }, "v2");

        decision.ReasonCode.ShouldBe(ReasonCode.PolicyUnusable);
        decision.Reason.ShouldContain("windows.0.timeZone");
    }

    private static Decision Decide(Policy policy, string tag, string? live = null) => Decider.Decide(Given.Candidate(tag), Facts(policy, live), Given.Now);

    private static StageFacts Facts(Policy policy, string? live = null) =>
        Given.Facts(Given.Stage with { Policy = policy }) with { Live = live is null ? null : new RunningArtifact(live, Given.Digest(live)) };

    private static ImageFacts Image(string? version = null, string? created = null, string seen = "2026-05-01T01:00:00Z", string? platform = null) =>
        new(At(seen), new ImageContents { Version = version, Created = created is null ? null : At(created), PlatformDigest = platform });

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
