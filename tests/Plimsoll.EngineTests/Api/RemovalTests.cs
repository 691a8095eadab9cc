using System.Net;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Api;

/// <summary>Deleting projects and stages: names first, then containers, then the record, whatever comes in between.</summary>
public sealed class RemovalTests(EngineWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deleted_project_leaves_no_name_and_no_container_but_its_events()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var host = await DeployAsync(plimsoll, "gone-whole");

        var removed = await plimsoll.Api.SendDataAsync(HttpMethod.Delete, "projects/gone-whole", null, Token);

        removed!.ToJsonString().ShouldBe("""{"removedContainers":1,"keptContainers":0}""");
        (await plimsoll.AskEdgeAsync(host, Token)).ShouldBe("status 404");
        (await ContainersOfAsync("gone-whole")).ShouldBeEmpty();
        (await plimsoll.Api.GetAsync("projects/gone-whole", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await plimsoll.ReadDeploymentsAsync(Token)).ShouldBeEmpty();
        var kinds = (await plimsoll.Api.GetDataAsync("events?before=0&project=gone-whole", Token))!.AsArray().Select(one => (string)one!["kind"]!).ToList();
        kinds.ShouldContain("deployment-succeeded");
        kinds[0].ShouldBe("project-deleted");
        (await plimsoll.Api.GetDataAsync("audit?project=gone-whole", Token))!.AsArray().ShouldContain(one => (string)one!["action"]! == "project-deleted");

        // The name and the image are free again.
        await DeployAsync(plimsoll, "gone-whole");
    }

    [Fact]
    public async Task A_stage_goes_alone_and_one_that_others_are_promoted_from_does_not_go()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var host = await DeployAsync(plimsoll, "gone-stage");
        await plimsoll.Api.PostDataAsync("projects/gone-stage/stages", new { name = "prod", tagPattern = "v*", promoteFrom = "rel" }, Token);

        using var refused = await plimsoll.Api.DeleteAsync("projects/gone-stage/stages/rel", Token);
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.ReadEnvelopeAsync(Token)).Message.ShouldContain("prod");
        (await plimsoll.AskEdgeAsync(host, Token)).ShouldBe("healthy gone-stage");

        (await plimsoll.Api.SendDataAsync(HttpMethod.Delete, "projects/gone-stage/stages/prod", null, Token))!.ToJsonString().ShouldBe("""{"removedContainers":0,"keptContainers":0}""");
        (await plimsoll.Api.SendDataAsync(HttpMethod.Delete, "projects/gone-stage/stages/rel", null, Token))!.ToJsonString().ShouldBe("""{"removedContainers":1,"keptContainers":0}""");

        (await plimsoll.AskEdgeAsync(host, Token)).ShouldBe("status 404");
        (await ContainersOfAsync("gone-stage")).ShouldBeEmpty();
        (await plimsoll.Api.GetDataAsync("projects/gone-stage", Token))!["stages"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Kept_containers_run_on_without_names_and_no_later_start_takes_them_for_leftovers()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        const string leftover = "gone-kept-leftover";
        await world.Engine.RunDockerAsync(
            "create", "--name", leftover, "--label", $"plimsoll.installation={MadeContainers.InstallationOf(plimsoll.DataFolder)}", "--label", "plimsoll.instance=nobodys",
            (await world.Images.GetAsync(ImageKind.Healthy, "v1", Token)).LocalTag);
        var host = await DeployAsync(plimsoll, "gone-kept");

        var removed = await plimsoll.Api.SendDataAsync(HttpMethod.Delete, "projects/gone-kept?keepContainers=1", null, Token);

        removed!.ToJsonString().ShouldBe("""{"removedContainers":0,"keptContainers":1}""");
        (await plimsoll.AskEdgeAsync(host, Token)).ShouldBe("status 404");
        var container = (await ContainersOfAsync("gone-kept")).ShouldHaveSingleItem();

        await plimsoll.StopAsync(Token);
        await plimsoll.StartAsync(Token);
        // The sweep after the start looks at the newest first, so at the leftover after the one that was kept.
        await Eventually.IsTrueAsync(
            async token => (await EngineSnapshot.TakeAsync(world.Engine, token)).Containers.All(one => one.Name != leftover),
            PlimsollSteps.Patience, () => plimsoll.Output.LastLines(40), Token);
        (await ContainersOfAsync("gone-kept")).ShouldBe([container]);
        (await world.Engine.RunDockerAsync("inspect", "--format", "{{.State.Running}}", container)).Trim().ShouldBe("true");
        (await plimsoll.AskEdgeAsync(host, Token)).ShouldBe("status 404");
        await world.Engine.RunDockerAsync("rm", "--force", container);
    }

    [Theory]
    [InlineData("before-remove-by-hand")]
    [InlineData("removed-by-hand")]
    public async Task A_kill_in_the_middle_of_a_delete_converges_at_the_next_start(string point)
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var name = $"gone-{point[..6]}";
        var host = await DeployAsync(plimsoll, name, maxInstances: 2);
        await DeployAsync(plimsoll, name, "v2", maxInstances: 2);
        await plimsoll.KillAsync();
        plimsoll.Faults.KillAt(point);
        await plimsoll.StartAsync(Token);

        await Should.ThrowAsync<HttpRequestException>(plimsoll.Api.DeleteAsync($"projects/{name}", Token));
        await plimsoll.WaitForExitAsync(Token);
        plimsoll.Faults.Clear();
        await plimsoll.StartAsync(Token);

        (await plimsoll.AskEdgeAsync(host, Token)).ShouldBe("status 404");
        await Eventually.IsTrueAsync(
            async token => (await plimsoll.Api.GetAsync($"projects/{name}", token)).StatusCode == HttpStatusCode.NotFound,
            PlimsollSteps.Patience, () => plimsoll.Output.LastLines(40), Token);
        (await ContainersOfAsync(name)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_project_with_a_deployment_under_way_is_not_deleted_and_the_answer_names_it()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token, watchSeconds: 60);
        var image = await world.Images.PublishAsync(ImageKind.Healthy, "gone-busy", "gone-busy", "v1", Token);
        await plimsoll.AddProjectAsync("gone-busy", image.Repository, Token);
        var deployment = (string)(await plimsoll.PushWithoutWaitingAsync(image, Token))["deployId"]!;

        using var answer = await plimsoll.Api.DeleteAsync("projects/gone-busy", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.ReadEnvelopeAsync(Token)).Message.ShouldContain(deployment);
    }

    private async Task<string> DeployAsync(PlimsollProcess plimsoll, string name, string tag = "v1", int maxInstances = 1)
    {
        var image = await world.Images.PublishAsync(ImageKind.Healthy, tag == "v1" ? name : $"{name}-{tag}", name, tag, Token);
        if (tag == "v1")
        {
            await plimsoll.AddProjectAsync(name, image.Repository, Token, new { name = "rel", tagPattern = "v*", autoDeploy = true, maxInstances });
        }

        ((string)(await plimsoll.PushAsync(image, Token))["state"]!).ShouldBe("succeeded");
        var host = $"stage-rel-{name}.localhost";
        await plimsoll.ShouldSoonServeAsync(host, image.Body, Token);
        return host;
    }

    private async Task<IReadOnlyList<string>> ContainersOfAsync(string project) =>
        [.. (await EngineSnapshot.TakeAsync(world.Engine, Token)).ContainersOf(project).Select(one => one.Name)];
}
