using System.Text.Json.Nodes;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Deployments;

/// <summary>
/// Invariant 2: after <c>kill -9</c> at any journaled step the next start converges by itself. Each case kills the real
/// process at a fault point, starts it again, and looks at engine, router and store. Together they print a table.
/// </summary>
public sealed class CrashTests(EngineWorld world, CrashTable table) : IClassFixture<CrashTable>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("after-queued")]
    [InlineData("before-pulling")]
    [InlineData("after-pulling")]
    [InlineData("before-starting")]
    [InlineData("created-candidate")]
    [InlineData("after-starting")]
    [InlineData("before-verifying")]
    [InlineData("after-verifying")]
    [InlineData("before-switching")]
    [InlineData("recorded-switch")]
    [InlineData("after-switching")]
    [InlineData("before-draining")]
    [InlineData("after-draining")]
    [InlineData("before-retiring")]
    [InlineData("after-retiring")]
    public async Task A_good_version_is_live_in_the_end_wherever_plimsoll_was_killed(string point)
    {
        var project = "crash-" + point;
        var host = $"stage-rel-{project}.localhost";
        var crash = new CrashCase(point);
        table.Begin(crash);
        await using var plimsoll = await StartWithVersionOneAsync(project);
        var v2 = await world.Images.PublishAsync(ImageKind.Healthy, "v2", project, "v2", Token);

        await KillAtAsync(plimsoll, point, v2);
        await plimsoll.StartAsync(Token);

        // Whatever serves at any moment after the start is one of the two, and in the end the new one.
        var serving = await plimsoll.AskEdgeAsync(host, Token);
        serving.ShouldBeOneOf("healthy v1", "healthy v2");
        var deployment = await WaitForEndAsync(plimsoll, v2);
        ((string)deployment["state"]!).ShouldBe("succeeded", deployment.ToJsonString());
        await plimsoll.ShouldSoonServeAsync(host, v2.Body, Token);
        await ShouldAgreeAsync(plimsoll, project, (string)deployment["id"]!, "v2");
        table.Complete(crash, serving, "succeeded, v2 alone is live");
    }

    [Theory]
    [InlineData("recorded-switch")]
    [InlineData("after-switching")]
    public async Task A_watch_goes_on_after_a_crash_and_then_the_old_version_goes(string point)
    {
        var project = "crash-watch-" + point;
        var host = $"stage-rel-{project}.localhost";
        var crash = new CrashCase(point, "with a watch");
        table.Begin(crash);
        await using var plimsoll = await StartWithVersionOneAsync(project);
        await plimsoll.ChangeSettingsAsync(new { watchSeconds = 2 }, Token);
        var v2 = await world.Images.PublishAsync(ImageKind.Healthy, "v2", project, "v2", Token);

        await KillAtAsync(plimsoll, point, v2);
        await plimsoll.StartAsync(Token);

        var serving = await plimsoll.AskEdgeAsync(host, Token);
        serving.ShouldBe("healthy v2", "the switch was recorded before");
        var deployment = await WaitForEndAsync(plimsoll, v2);
        ((string)deployment["state"]!).ShouldBe("succeeded", deployment.ToJsonString());
        await ShouldAgreeAsync(plimsoll, project, (string)deployment["id"]!, "v2");
        table.Complete(crash, serving, "succeeded, v2 alone is live");
    }

    [Theory]
    [InlineData("before-rolling-back")]
    [InlineData("after-rolling-back")]
    public async Task A_bad_version_is_gone_and_blocked_in_the_end_wherever_plimsoll_was_killed(string point)
    {
        var project = "crash-bad-" + point;
        var host = $"stage-rel-{project}.localhost";
        var crash = new CrashCase(point, "unhealthy");
        table.Begin(crash);
        await using var plimsoll = await StartWithVersionOneAsync(project);
        var live = (string)(await plimsoll.ReadDeploymentsAsync(Token))[0]!["id"]!;
        var v2 = await world.Images.PublishAsync(ImageKind.Unhealthy, "v2", project, "v2", Token);

        await KillAtAsync(plimsoll, point, v2);
        await plimsoll.StartAsync(Token);

        var serving = await plimsoll.AskEdgeAsync(host, Token);
        serving.ShouldBe("healthy v1");
        var deployment = await WaitForEndAsync(plimsoll, v2);
        ((string)deployment["state"]!).ShouldBe("rolled-back", deployment.ToJsonString());
        ((string)deployment["reasonCode"]!).ShouldBe("unhealthy");
        await ShouldAgreeAsync(plimsoll, project, live, "v1");
        ((string)(await plimsoll.PushAsync(v2, Token))["reasonCode"]!).ShouldBe("digest-blocked");
        table.Complete(crash, serving, "rolled back and blocked, v1 alone is live");
    }

    [Theory]
    [InlineData("returned-traffic")]
    [InlineData("after-rolling-back")]
    public async Task A_version_that_fell_over_in_its_watch_is_gone_in_the_end_wherever_plimsoll_was_killed(string point)
    {
        var project = "crash-fell-" + point;
        var host = $"stage-rel-{project}.localhost";
        var crash = new CrashCase(point, "fell over in the watch");
        table.Begin(crash);
        await using var plimsoll = await StartWithVersionOneAsync(project);
        var live = (string)(await plimsoll.ReadDeploymentsAsync(Token))[0]!["id"]!;
        await plimsoll.ChangeSettingsAsync(new { watchSeconds = 60 }, Token);
        var v2 = await world.Images.PublishAsync(ImageKind.Healthy, "v2", project, "v2", Token);
        await plimsoll.StopAsync(Token);
        plimsoll.Faults.KillAt(point);
        await plimsoll.StartAsync(Token);
        plimsoll.Faults.Clear();

        var id = (string)(await plimsoll.PushWithoutWaitingAsync(v2, Token))["deployId"]!;
        await plimsoll.ShouldSoonServeAsync(host, v2.Body, Token);
        await world.Engine.RunDockerAsync("kill", $"{project}-rel-v2-{id}");
        (await plimsoll.WaitForExitAsync(Token)).ShouldBe(137, $"the fault point {point} was not reached");
        await plimsoll.StartAsync(Token);

        var serving = await plimsoll.AskEdgeAsync(host, Token);
        serving.ShouldBe("healthy v1");
        ((string)(await plimsoll.ReadDeploymentAsync(id, Token, wait: 60))["reasonCode"]!).ShouldBe("fell-over");
        await ShouldAgreeAsync(plimsoll, project, live, "v1");
        ((string)(await plimsoll.PushAsync(v2, Token))["reasonCode"]!).ShouldBe("digest-blocked");
        table.Complete(crash, serving, "rolled back and blocked, v1 alone is live");
    }

    [Theory]
    [InlineData("before-rolling-back")]
    [InlineData("after-rolling-back")]
    public async Task A_deployment_that_a_person_stopped_stays_stopped_wherever_plimsoll_was_killed(string point)
    {
        var project = "crash-stopped-" + point;
        var host = $"stage-rel-{project}.localhost";
        var crash = new CrashCase(point, "stopped by a person");
        table.Begin(crash);
        await using var plimsoll = await StartWithVersionOneAsync(project);
        var live = (string)(await plimsoll.ReadDeploymentsAsync(Token))[0]!["id"]!;
        var v2 = await world.Images.PublishAsync(ImageKind.Healthy, "v2", project, "v2", Token);
        await plimsoll.StopAsync(Token);
        plimsoll.Faults.HoldAt("before-verifying").KillAt(point);
        await plimsoll.StartAsync(Token);
        plimsoll.Faults.Clear();

        var id = (string)(await plimsoll.PushWithoutWaitingAsync(v2, Token))["deployId"]!;
        await plimsoll.WaitForFaultAsync("before-verifying", Token);
        await plimsoll.Api.PostDataAsync($"deploys/{id}/cancel", null, Token);
        plimsoll.ReleaseFault("before-verifying");
        (await plimsoll.WaitForExitAsync(Token)).ShouldBe(137, $"the fault point {point} was not reached");
        await plimsoll.StartAsync(Token);

        var serving = await plimsoll.AskEdgeAsync(host, Token);
        serving.ShouldBe("healthy v1");
        ((string)(await plimsoll.ReadDeploymentAsync(id, Token, wait: 60))["state"]!).ShouldBe("cancelled");
        await ShouldAgreeAsync(plimsoll, project, live, "v1");
        table.Complete(crash, serving, "cancelled, v1 alone is live");
    }

    private async Task<PlimsollProcess> StartWithVersionOneAsync(string project)
    {
        var plimsoll = await world.StartPlimsollAsync(Token);
        var v1 = await world.Images.PublishAsync(ImageKind.Healthy, "v1", project, "v1", Token);
        await plimsoll.AddProjectAsync(project, v1.Repository, Token, healthPath: "");
        ((string)(await plimsoll.PushAsync(v1, Token))["state"]!).ShouldBe("succeeded");
        // The poll would find the new tag at the start, before the test has sent its message.
        await plimsoll.ChangeSettingsAsync(new { pollingSeconds = 0 }, Token);
        return plimsoll;
    }

    private static async Task KillAtAsync(PlimsollProcess plimsoll, string point, TestImage image)
    {
        await plimsoll.StopAsync(Token);
        plimsoll.Faults.KillAt(point);
        await plimsoll.StartAsync(Token);
        plimsoll.Faults.Clear();
        try
        {
            await plimsoll.PushAsync(image, Token);
        }
        catch (HttpRequestException)
        {
            // The process was killed while it answered, which is what this is about.
        }

        (await plimsoll.WaitForExitAsync(Token)).ShouldBe(137, $"the fault point {point} was not reached");
    }

    private static async Task<JsonNode> WaitForEndAsync(PlimsollProcess plimsoll, TestImage image)
    {
        var id = (string)(await plimsoll.ReadDeploymentsAsync(Token)).First(deployment => (string)deployment!["tag"]! == image.Tag)!["id"]!;
        return await plimsoll.ReadDeploymentAsync(id, Token, wait: 90);
    }

    private async Task ShouldAgreeAsync(PlimsollProcess plimsoll, string project, string liveInstance, string tag)
    {
        var stage = (await plimsoll.Api.GetDataAsync($"projects/{project}", Token))!["stages"]![0]!;
        ((string)stage["live"]!).ShouldBe(tag);
        var instance = stage["instances"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)instance["id"]!).ShouldBe(liveInstance);
        ((string)instance["standing"]!).ShouldBe("live");
        (await plimsoll.AskEdgeAsync($"stage-rel-{project}.localhost", Token)).ShouldBe($"healthy {tag}");
        (await EngineSnapshot.TakeAsync(world.Engine, Token)).ShouldHoldExactly(project, liveInstance);
        (await plimsoll.ReadDeploymentsAsync(Token)).ShouldAllBe(deployment => (bool)deployment!["isOver"]! && (string?)deployment["reason"] != null);
    }
}
