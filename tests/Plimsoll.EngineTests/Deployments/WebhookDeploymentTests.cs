using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Deployments;

/// <summary>The main job, from a push message to traffic.</summary>
public sealed class WebhookDeploymentTests(EngineWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pushed_image_goes_live_a_newer_one_replaces_it_and_a_bad_one_is_rolled_back_and_stays_blocked_over_a_restart()
    {
        const string project = "main-job";
        const string host = "stage-rel-main-job.localhost";
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var v1 = await world.Images.PublishAsync(ImageKind.Healthy, "v1", project, "v1", Token);
        var v2 = await world.Images.PublishAsync(ImageKind.Healthy, "v2", project, "v2", Token);
        var v3 = await world.Images.PublishAsync(ImageKind.Unhealthy, "v3", project, "v3", Token);
        await plimsoll.AddProjectAsync(project, v1.Repository, Token, healthPath: "");

        var first = await plimsoll.PushAsync(v1, Token);
        ((string)first["state"]!).ShouldBe("succeeded", first.ToJsonString());
        (await plimsoll.AskEdgeAsync(host, Token)).ShouldBe(v1.Body);
        (await plimsoll.AskEdgeAsync("stage-rel-main-job-v1.localhost", Token)).ShouldBe(v1.Body);

        var second = await plimsoll.PushAsync(v2, Token);
        ((string)second["state"]!).ShouldBe("succeeded", second.ToJsonString());
        (await plimsoll.AskEdgeAsync(host, Token)).ShouldBe(v2.Body);
        (await plimsoll.AskEdgeAsync("stage-rel-main-job-v1.localhost", Token)).ShouldBe("status 404");

        var third = await plimsoll.PushAsync(v3, Token);
        ((string)third["state"]!).ShouldBe("rolled-back", third.ToJsonString());
        ((string)third["outcome"]!).ShouldContain("the database does not answer");
        (await plimsoll.AskEdgeAsync(host, Token)).ShouldBe(v2.Body);

        await plimsoll.StopAsync(Token);
        await plimsoll.StartAsync(Token);
        (await plimsoll.AskEdgeAsync(host, Token)).ShouldBe(v2.Body);
        var again = await plimsoll.PushAsync(v3, Token);
        ((string)again["reasonCode"]!).ShouldBe("digest-blocked");
        (await EngineSnapshot.TakeAsync(world.Engine, Token)).ShouldHoldExactly(project, (string)second["deployId"]!);

        var repaired = await world.Images.PublishAsync(ImageKind.Healthy, "v3-repaired", project, "v3", Token);
        ((string)(await plimsoll.PushAsync(repaired, Token))["state"]!).ShouldBe("succeeded");
        (await plimsoll.AskEdgeAsync(host, Token)).ShouldBe(repaired.Body);
        (await plimsoll.Api.GetDataAsync("blocked", Token))!.AsArray().ShouldBeEmpty("another digest under the tag makes the old block history");
    }

    [Fact]
    public async Task A_request_for_what_is_running_is_a_no_op_that_says_so()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "no-op", "v1", Token);
        await plimsoll.AddProjectAsync("no-op", image.Repository, Token);
        await plimsoll.PushAsync(image, Token);

        ((string)(await plimsoll.PushAsync(image, Token))["reasonCode"]!).ShouldBe("already-live");
        (await plimsoll.ReadDeploymentsAsync(Token)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_image_that_no_project_has_makes_one_from_what_it_says_of_itself()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.Healthy, "1", "unknown/found-app", "dev-abc123", Token);

        var answer = await plimsoll.PushAsync(image, Token);

        ((string)answer["state"]!).ShouldBe("succeeded", answer.ToJsonString());
        (await plimsoll.AskEdgeAsync("stage-dev-found-app.localhost", Token)).ShouldBe(image.Body);
        var project = (await plimsoll.Api.GetDataAsync("projects/found-app", Token))!;
        ((bool)project["autoCreated"]!).ShouldBeTrue();
        ((int)project["port"]!).ShouldBe(8080);
        ((string)project["stages"]![0]!["tagPattern"]!).ShouldBe("dev-*");
    }

    [Fact]
    public async Task An_image_without_a_shell_or_health_check_is_proven_from_outside()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.NoShell, "v1", "no-shell", "v1", Token);
        await plimsoll.AddProjectAsync("no-shell", image.Repository, Token, healthPath: "/");

        ((string)(await plimsoll.PushAsync(image, Token))["state"]!).ShouldBe("succeeded");
        (await plimsoll.AskEdgeAsync("stage-rel-no-shell.localhost", Token)).ShouldBe(image.Body);
    }

    [Fact]
    public async Task An_image_that_is_healthy_late_is_waited_for()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.HealthyLate, "v1", "late", "v1", Token);
        await plimsoll.AddProjectAsync("late", image.Repository, Token, healthPath: "");

        ((string)(await plimsoll.PushAsync(image, Token))["state"]!).ShouldBe("succeeded");
    }

    [Fact]
    public async Task An_image_that_exits_at_once_is_rolled_back_at_once_with_its_exit_code_and_last_words()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.ExitsAtOnce, "v1", "exits", "v1", Token);
        await plimsoll.AddProjectAsync("exits", image.Repository, Token);

        var answer = await plimsoll.PushAsync(image, Token);

        ((string)answer["state"]!).ShouldBe("rolled-back");
        ((string)answer["outcome"]!).ShouldContain("exit code 3");
        var steps = (await plimsoll.ReadDeploymentAsync((string)answer["deployId"]!, Token))["steps"]!.AsArray();
        steps.Select(step => (string)step!["text"]!).ShouldContain(text => text.StartsWith("log: ", StringComparison.Ordinal));
        (await EngineSnapshot.TakeAsync(world.Engine, Token)).ShouldHoldNothingOf("exits");
        (await plimsoll.AskEdgeAsync("stage-rel-exits.localhost", Token)).ShouldBe("status 404");
    }

    [Fact]
    public async Task An_image_that_never_opens_its_port_is_rolled_back_when_its_time_is_over()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.NeverListens, "v1", "silent", "v1", Token);
        await plimsoll.AddProjectAsync("silent", image.Repository, Token, healthPath: "");
        await plimsoll.ChangeSettingsAsync(new { healthSeconds = 2 }, Token);

        var answer = await plimsoll.PushAsync(image, Token);

        ((string)answer["state"]!).ShouldBe("rolled-back");
        ((string)answer["outcome"]!).ShouldContain("nobody listens on port 8080");
    }

    [Fact]
    public async Task Older_versions_stay_reachable_by_their_tag_as_far_as_the_stage_allows()
    {
        const string project = "several";
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var images = new List<TestImage>();
        foreach (var version in new[] { "v1", "v2", "v3" })
        {
            images.Add(await world.Images.PublishAsync(ImageKind.Healthy, version, project, version, Token));
        }

        await plimsoll.AddProjectAsync(project, images[0].Repository, Token, new { name = "rel", tagPattern = "v*", autoDeploy = true, maxInstances = 2 });
        foreach (var image in images)
        {
            ((string)(await plimsoll.PushAsync(image, Token))["state"]!).ShouldBe("succeeded");
        }

        (await plimsoll.AskEdgeAsync("stage-rel-several.localhost", Token)).ShouldBe(images[2].Body);
        (await plimsoll.AskEdgeAsync("stage-rel-several-v2.localhost", Token)).ShouldBe(images[1].Body);
        (await plimsoll.AskEdgeAsync("stage-rel-several-v1.localhost", Token)).ShouldBe("status 404");
        (await EngineSnapshot.TakeAsync(world.Engine, Token)).ContainersOf(project).Count.ShouldBe(2);
    }
}
