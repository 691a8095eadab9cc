using Plimsoll.Apps;
using Plimsoll.Candidates;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Candidates;

public sealed class ScanPlanTests
{
    [Fact]
    public void Many_stages_of_one_repository_make_one_plan()
    {
        var plans = ScanPlan.Make(
            [Given.Project, Given.Project with { Id = 2, Name = "shop-two" }],
            [Stage(1, "latest"), Stage(1, "v*"), Stage(2, "latest")],
            new Dictionary<long, string>());

        plans.ShouldHaveSingleItem().Stages.Count.ShouldBe(3);
        plans[0].Follow.ShouldBe(["latest"]);
        plans[0].ListsTags.ShouldBeTrue();
    }

    [Fact]
    public void Tags_are_not_listed_when_every_pattern_names_one_tag() =>
        ScanPlan.Make([Given.Project], [Stage(1, "latest")], new Dictionary<long, string>()).ShouldHaveSingleItem().ListsTags.ShouldBeFalse();

    [Fact]
    public void The_live_tag_of_a_pattern_is_followed_because_tags_move() =>
        ScanPlan.Make([Given.Project], [Stage(1, "v*", id: 9)], new Dictionary<long, string> { [9] = "v1" }).ShouldHaveSingleItem().Follow.ShouldBe(["v1"]);

    [Fact]
    public void A_live_tag_that_a_person_chose_outside_the_pattern_is_not_followed() =>
        ScanPlan.Make([Given.Project], [Stage(1, "v*", id: 9)], new Dictionary<long, string> { [9] = "hotfix" }).ShouldHaveSingleItem().Follow.ShouldBeEmpty();

    [Fact]
    public void A_stage_that_is_promoted_to_has_nothing_to_find_in_the_registry() =>
        ScanPlan.Make([Given.Project], [Stage(1, "v*") with { PromoteFrom = "dev" }], new Dictionary<long, string>()).ShouldBeEmpty();

    private static Stage Stage(long project, string pattern, long id = 1) => new() { Id = id, ProjectId = project, Name = "s", TagPattern = pattern, AutoDeploy = true };
}
