using Plimsoll.Apps;
using Plimsoll.Apps.Policies;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Apps.Policies;

public sealed class PolicyTests
{
    [Fact]
    public void All_mistakes_are_told_by_the_name_of_their_field()
    {
        var policy = new Policy
        {
            Follow = "semver newest",
            Include = ["v*", "a b"],
            Exclude = ["/(/"],
            MinimumAge = "soon",
            UpdateKind = "huge",
            Windows = [new TimeFrame("0 2 * * *", "2h", "Berlin"), new TimeFrame("at night", "long")],
            Freezes = [new TimeFrame("0 0 * * *", "0s", Reason: new string('x', 300))],
        };

        Validation.Of(Given.Stage with { Policy = policy }, []).Keys.ShouldBe(
            [
                "policy.follow", "policy.include.1", "policy.exclude.0", "policy.minimumAge", "policy.updateKind", "policy.windows.0.timeZone", "policy.windows.1.cron",
                "policy.windows.1.duration", "policy.freezes.0.duration", "policy.freezes.0.reason",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void The_defaults_are_stored_as_nothing_and_anything_else_comes_back_as_it_was()
    {
        PolicyText.Write(Policy.Default).ShouldBeNull();
        PolicyText.Read(null).ShouldBe(Policy.Default);

        var policy = new Policy { Follow = "semver ^1.4", Include = ["/^v1/"], MinimumAge = "2h", Windows = [new TimeFrame("0 2 * * *", "2h", "Europe/Berlin", "night")] };

        PolicyText.Read(PolicyText.Write(policy)).ShouldBe(policy);
    }

    [Theory]
    [InlineData("v1.*", "v1.4", true)]
    [InlineData("/-debug$/", "v1-debug", true)]
    [InlineData("/-debug$/", "v1-debugger", false)]
    [InlineData("/^(?!v1)/", "v2", true)]
    [InlineData("/^(?!v1)/", "v1", false)]
    public void A_tag_is_known_by_a_glob_or_a_regular_expression(string text, string tag, bool known)
    {
        TagExpression.TryParse(text, out var expression, out var problem).ShouldBeTrue(problem);
        expression!.Matches(tag).ShouldBe(known ? TagMatch.Yes : TagMatch.No);
    }

    /// <summary>It looks back, so it has to try; each try doubles the work.</summary>
    [Fact]
    public void An_expression_that_takes_too_long_is_stopped_and_is_not_asked_for_ever()
    {
        TagExpression.TryParse("/^(a+)+(?<!b)$/", out var expression, out _).ShouldBeTrue();
        var hostile = new string('a', 60) + "!";

        expression!.Matches(hostile).ShouldBe(TagMatch.TimedOut);
        for (var round = 0; round < 50_000; round++)
        {
            expression.Matches(hostile).ShouldBe(TagMatch.TimedOut);
        }
    }

    [Fact]
    public void Repetitions_of_repetitions_are_answered_or_refused_in_time()
    {
        var begun = TimeProvider.System.GetTimestamp();
        foreach (var text in (string[])["/^(((a{99}){99}){99}){99}$/", "/^(.{0,999}x){0,999}$/", "/^((a?){999}){999}$/"])
        {
            if (TagExpression.TryParse(text, out var expression, out _))
            {
                _ = expression!.Matches(new string('a', 128));
            }
        }

        TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(30));
        GC.GetTotalMemory(forceFullCollection: true).ShouldBeLessThan(500_000_000);
    }

    [Theory]
    [InlineData("/(/")]
    [InlineData("/v1")]
    [InlineData("//")]
    [InlineData("a b")]
    [InlineData(null)]
    public void What_is_no_pattern_is_refused_with_a_sentence(string? text)
    {
        TagExpression.TryParse(text, out _, out var problem).ShouldBeFalse();
        problem!.ShouldEndWith(".");
    }

    [Fact]
    public void A_policy_is_told_in_a_sentence()
    {
        PolicySentence.Of(Given.Stage).ShouldBe("Would deploy v*.");
        PolicySentence.Of(Given.Stage with
        {
            TagPattern = "v1.4.*",
            AutoDeploy = false,
            Policy = new Policy { MinimumAge = "2h", Windows = [new TimeFrame("0 2 * * *", "2h", "Europe/Berlin")] },
        }).ShouldBe("Would deploy v1.4.*, 02:00–04:00 Europe/Berlin, once the image is 2 hours old, after a person has approved it.");
        PolicySentence.Of(Given.Stage with
        {
            TagPattern = "*",
            Confirm = true,
            PromoteFrom = "dev",
            Policy = new Policy
            {
                Follow = "semver 1.x", UpdateKind = "minor", Exclude = ["/-debug$/"],
                Freezes = [new TimeFrame("0 18 * * 5", "62h", null, "weekend"), new TimeFrame("0 22 * * 1-3", "8h")],
            },
        }).ShouldBe(
            "Would deploy the newest version in 1.x among tags that match * that is live and healthy in dev but not /-debug$/, a new major version only after a person has approved it, "
            + "never for 2 days and 14 hours from each 0 18 * * 5 on UTC (weekend) or on Monday, Tuesday, Wednesday 22:00–06:00 UTC, after a person has confirmed it.");
        PolicySentence.Of(Given.Stage with { Policy = new Policy { MinimumAge = "soon" } }).ShouldContain("mistake");
    }

    [Fact]
    public void Labels_make_the_same_policy()
    {
        var labels = PolicyLabels.Read(new Dictionary<string, string>
        {
            ["watchdocker.force"] = "true",
            ["plimsoll.policy.follow"] = "semver ^1.4",
            ["plimsoll.policy.include"] = "v* /^1/",
            ["plimsoll.policy.exclude"] = "/-debug$/",
            ["plimsoll.policy.minimum-age"] = "2h",
            ["plimsoll.policy.update-kind"] = "minor",
            ["plimsoll.policy.window"] = "0 2 * * * for 2h in Europe/Berlin; 0 14 * * 0 for 1h",
            ["plimsoll.policy.freeze"] = "0 0 24 12 * for 3d",
            ["plimsoll.policy.approval"] = "true",
            ["com.example.other"] = "x",
        });

        labels.Problems.ShouldBeEmpty();
        labels.Policy.ShouldBe(new Policy
        {
            Follow = "semver ^1.4", Include = ["v*", "/^1/"], Exclude = ["/-debug$/"], MinimumAge = "2h", UpdateKind = "minor",
            Windows = [new TimeFrame("0 2 * * *", "2h", "Europe/Berlin"), new TimeFrame("0 14 * * 0", "1h")],
            Freezes = [new TimeFrame("0 0 24 12 *", "3d")],
        });
        (labels.Force, labels.NeedsApproval, labels.SkippedBy).ShouldBe((true, true, null));
    }

    [Theory]
    [InlineData("plimsoll.policy.skip", "maybe")]
    [InlineData("plimsoll.policy.window", "at night")]
    [InlineData("plimsoll.policy.window", "")]
    [InlineData("plimsoll.policy.freeze", "0 2 * * * for ever")]
    [InlineData("plimsoll.policy.minimum-age", "old")]
    [InlineData("plimsoll.policy.update-kind", "huge")]
    [InlineData("plimsoll.policy.follow", "newest")]
    [InlineData("plimsoll.policy.include", "/(/")]
    [InlineData("plimsoll.policy.excluded", "v*")]
    public void A_mistake_in_a_label_is_told_by_the_label(string label, string value) =>
        PolicyLabels.Read(new Dictionary<string, string> { [label] = value }).Problems.Keys.ShouldBe([label]);
}
