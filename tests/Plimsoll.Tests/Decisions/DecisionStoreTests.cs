using Plimsoll.Decisions;
using Plimsoll.Tests.Deployments.Support;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Decisions;

public sealed class DecisionStoreTests
{
    [Fact]
    public async Task The_oldest_are_dropped_beyond_the_limit()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        foreach (var id in new[] { 1, 500, 501, 20_499 })
        {
            await world.WriteAsync(scope => scope.Execute(
                "INSERT INTO decisions (id, at, trigger, repository, tag, verdict, reason_code, reason, rules) VALUES (@id, 0, 'poll', 'r', 't', 'skip', 'c', '', '[]')", new { id }));
        }

        await world.WriteAsync(scope => world.Decisions.Add(scope, new RecordedDecision { Repository = "r" }));

        world.Decisions.List(new DecisionFilter(), 200).Select(decision => decision.Id).ShouldBe([20_500, 20_499, 501]);
    }

    [Fact]
    public async Task They_are_listed_newest_first_by_image_and_stage_and_never_too_many()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        await world.WriteAsync(scope =>
        {
            for (var number = 0; number < 250; number++)
            {
                world.Decisions.Add(scope, new RecordedDecision { Repository = number % 2 == 0 ? "even" : "odd", Tag = $"v{number}", StageId = number == 7 ? world.Stage.Id : null });
            }
        });

        world.Decisions.List(new DecisionFilter(), 1_000_000).Count.ShouldBe(200);
        world.Decisions.List(new DecisionFilter(), -1).ShouldHaveSingleItem().Tag.ShouldBe("v249");
        world.Decisions.List(new DecisionFilter(Repository: "even"), 2).Select(decision => decision.Tag).ShouldBe(["v248", "v246"]);
        world.Decisions.List(new DecisionFilter(StageId: world.Stage.Id), 10).ShouldHaveSingleItem().Tag.ShouldBe("v7");
    }

    [Fact]
    public async Task They_are_found_by_project_by_verdict_and_by_words()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        await world.WriteAsync(scope =>
        {
            world.Decisions.Add(scope, new RecordedDecision { Repository = "ghcr.io/acme/shop", Tag = "v1", ProjectId = world.Project.Id, Verdict = "skip", Reason = "It is live already." });
            world.Decisions.Add(scope, new RecordedDecision { Repository = "ghcr.io/acme/shop", Tag = "v2", Verdict = "deploy", Reason = "100% sure" });
        });

        Tags(new DecisionFilter(ProjectId: world.Project.Id)).ShouldBe(["v1"]);
        Tags(new DecisionFilter(Verdict: "deploy")).ShouldBe(["v2"]);
        Tags(new DecisionFilter(Text: "LIVE already")).ShouldBe(["v1"]);
        Tags(new DecisionFilter(Text: "acme/shop:v")).ShouldBe(["v2", "v1"]);
        Tags(new DecisionFilter(Text: "%")).ShouldBe(["v2"], "a sign that means something to the store means itself");

        IEnumerable<string> Tags(DecisionFilter filter) => world.Decisions.List(filter, 10).Select(decision => decision.Tag);
    }

    [Fact]
    public async Task Only_the_newest_word_on_a_digest_counts_as_said_before()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        await SayAsync(world, "matches");
        await SayAsync(world, "already-live");

        (await WasSaidAsync(world, "v1", "v1", "already-live")).ShouldBeTrue();
        (await WasSaidAsync(world, "v1", "v1", "matches")).ShouldBeFalse();
        (await WasSaidAsync(world, "v1", "other", "already-live")).ShouldBeFalse();
        (await WasSaidAsync(world, "v2", "v1", "already-live")).ShouldBeFalse();
    }

    [Fact]
    public async Task They_outlive_the_stage_they_were_about()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        await SayAsync(world, "matches");

        await world.WriteAsync(scope => world.Apps.Projects.Remove(scope, world.Project.Id));

        var decision = world.Decisions.List(new DecisionFilter(), 10).ShouldHaveSingleItem();
        (decision.StageId, decision.Stage).ShouldBe((null, "rel"));
    }

    private static Task SayAsync(DeploymentsStore world, string reasonCode) => world.WriteAsync(scope => world.Decisions.Add(scope, new RecordedDecision
    {
        StageId = world.Stage.Id, Stage = "rel", Tag = "v1", Digest = Given.Digest("v1"), ReasonCode = reasonCode,
    }));

    private static Task<bool> WasSaidAsync(DeploymentsStore world, string tag, string content, string reasonCode) =>
        world.WriteAsync(scope => DecisionStore.SaidBefore(scope, world.Stage.Id, tag, Given.Digest(content), reasonCode));
}
