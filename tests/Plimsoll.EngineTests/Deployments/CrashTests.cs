using System.Text.Json.Nodes;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Deployments;

/// <summary>
/// Invariant 2: after <c>kill -9</c> at any journaled step the next start converges by itself. Each case kills the real
/// process at a fault point, starts it again, and looks at engine, router and store.
/// </summary>
public sealed class CrashTests(EngineWorld world)
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
        await using var plimsoll = await StartWithVersionOneAsync(project);
        var v2 = await world.Images.PublishAsync(ImageKind.Healthy, "v2", project, "v2", Token);

        await KillAtAsync(plimsoll, point, v2);
        await plimsoll.StartAsync(Token);

        // Whatever serves at any moment after the start is one of the two, and in the end the new one.
        (await plimsoll.AskEdgeAsync(host, Token)).ShouldBeOneOf("healthy v1", "healthy v2");
        var deployment = await WaitForEndAsync(plimsoll, v2);
        ((string)deployment["state"]!).ShouldBe("succeeded", deployment.ToJsonString());
        await plimsoll.ShouldSoonServeAsync(host, v2.Body, Token);
        await ShouldAgreeAsync(plimsoll, project, (string)deployment["id"]!, "v2");
    }

    [Theory]
    [InlineData("before-rolling-back")]
    [InlineData("after-rolling-back")]
    public async Task A_bad_version_is_gone_and_blocked_in_the_end_wherever_plimsoll_was_killed(string point)
    {
        var project = "crash-bad-" + point;
        var host = $"stage-rel-{project}.localhost";
        await using var plimsoll = await StartWithVersionOneAsync(project);
        var live = (string)(await plimsoll.ReadDeploymentsAsync(Token))[0]!["id"]!;
        var v2 = await world.Images.PublishAsync(ImageKind.Unhealthy, "v2", project, "v2", Token);

        await KillAtAsync(plimsoll, point, v2);
        await plimsoll.StartAsync(Token);

        (await plimsoll.AskEdgeAsync(host, Token)).ShouldBe("healthy v1");
        var deployment = await WaitForEndAsync(plimsoll, v2);
        ((string)deployment["state"]!).ShouldBe("rolled-back", deployment.ToJsonString());
        ((string)deployment["reasonCode"]!).ShouldBe("unhealthy");
        await ShouldAgreeAsync(plimsoll, project, live, "v1");
        ((string)(await plimsoll.PushAsync(v2, Token))["reasonCode"]!).ShouldBe("digest-blocked");
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
        (await EngineSnapshot.TakeAsync(world.Engine, Token)).ShouldHoldExactly(project, liveInstance);
        (await plimsoll.ReadDeploymentsAsync(Token)).ShouldAllBe(deployment => (bool)deployment!["isOver"]! && (string?)deployment["reason"] != null);
    }
}
