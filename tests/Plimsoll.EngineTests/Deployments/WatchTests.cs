using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Deployments;

/// <summary>After the switch: a version that falls over gives its traffic back by itself, and a person can stop it or go back later.</summary>
public sealed class WatchTests(EngineWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_version_that_falls_over_soon_after_the_switch_gives_its_traffic_back()
    {
        const string project = "falls-over";
        const string host = "stage-rel-falls-over.localhost";
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var v1 = await world.Images.PublishAsync(ImageKind.Healthy, "v1", project, "v1", Token);
        var v2 = await world.Images.PublishAsync(ImageKind.Healthy, "v2", project, "v2", Token);
        await plimsoll.AddProjectAsync(project, v1.Repository, Token);
        var first = (string)(await plimsoll.PushAsync(v1, Token))["deployId"]!;
        await plimsoll.ChangeSettingsAsync(new { watchSeconds = 60 }, Token);

        var second = (string)(await plimsoll.PushWithoutWaitingAsync(v2, Token))["deployId"]!;
        await plimsoll.ShouldSoonServeAsync(host, v2.Body, Token);
        await world.Engine.RunDockerAsync("kill", $"{project}-rel-v2-{second}");

        var end = await plimsoll.ReadDeploymentAsync(second, Token, wait: 60);
        ((string)end["state"]!).ShouldBe("rolled-back", end.ToJsonString());
        ((string)end["reasonCode"]!).ShouldBe("fell-over");
        (await plimsoll.AskEdgeAsync(host, Token)).ShouldBe(v1.Body);
        (await EngineSnapshot.TakeAsync(world.Engine, Token)).ShouldHoldExactly(project, first);
        ((string)(await plimsoll.PushAsync(v2, Token))["reasonCode"]!).ShouldBe("digest-blocked");
    }

    [Theory]
    [InlineData("before-pulling")]
    [InlineData("before-verifying")]
    [InlineData("recorded-switch")]
    public async Task A_deployment_can_be_stopped_until_its_watch_is_over(string point)
    {
        var project = "stopped-" + point;
        var host = $"stage-rel-{project}.localhost";
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var v1 = await world.Images.PublishAsync(ImageKind.Healthy, "v1", project, "v1", Token);
        await plimsoll.AddProjectAsync(project, v1.Repository, Token);
        var first = (string)(await plimsoll.PushAsync(v1, Token))["deployId"]!;
        await plimsoll.ChangeSettingsAsync(new { watchSeconds = 60, pollingSeconds = 0 }, Token);
        await plimsoll.StopAsync(Token);
        plimsoll.Faults.HoldAt(point);
        await plimsoll.StartAsync(Token);
        var v2 = await world.Images.PublishAsync(ImageKind.Healthy, "v2", project, "v2", Token);

        var second = (string)(await plimsoll.PushWithoutWaitingAsync(v2, Token))["deployId"]!;
        await plimsoll.WaitForFaultAsync(point, Token);
        await plimsoll.Api.PostDataAsync($"deploys/{second}/cancel", null, Token);
        plimsoll.ReleaseFault(point);

        var end = await plimsoll.ReadDeploymentAsync(second, Token, wait: 60);
        ((string)end["state"]!).ShouldBe("cancelled", end.ToJsonString());
        ((string)end["reason"]!).ShouldContain("admin");
        (await plimsoll.AskEdgeAsync(host, Token)).ShouldBe(v1.Body);
        (await EngineSnapshot.TakeAsync(world.Engine, Token)).ShouldHoldExactly(project, first);
        ((string)(await plimsoll.Api.GetDataAsync("blocked", Token))!.ToJsonString()).ShouldBe("[]", "a person stopped it; that says nothing against the image");
    }

    [Fact]
    public async Task Going_back_brings_back_the_version_and_the_environment_of_that_time()
    {
        const string project = "goes-back";
        const string host = "stage-rel-goes-back.localhost";
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var v1 = await world.Images.PublishAsync(ImageKind.Healthy, "v1", project, "v1", Token);
        var v2 = await world.Images.PublishAsync(ImageKind.Healthy, "v2", project, "v2", Token);
        await plimsoll.AddProjectAsync(project, v1.Repository, Token);
        await plimsoll.Api.SendDataAsync(HttpMethod.Put, $"projects/{project}", new { env = new { GREETING = "good morning" } }, Token);
        var first = (string)(await plimsoll.PushAsync(v1, Token))["deployId"]!;
        await plimsoll.Api.SendDataAsync(HttpMethod.Put, $"projects/{project}", new { env = new { GREETING = "good evening" } }, Token);
        await plimsoll.PushAsync(v2, Token);
        (await ReadEnvironmentAsync(plimsoll, host)).ShouldContain("GREETING=good evening");

        var back = (string)(await plimsoll.Api.PostDataAsync($"deploys/{first}/rollback", null, Token))!["deployId"]!;

        var end = await plimsoll.ReadDeploymentAsync(back, Token, wait: 60);
        ((string)end["state"]!).ShouldBe("succeeded", end.ToJsonString());
        ((string)end["rollbackOf"]!).ShouldBe(first);
        (await plimsoll.AskEdgeAsync(host, Token)).ShouldBe(v1.Body);
        (await ReadEnvironmentAsync(plimsoll, host)).ShouldContain("GREETING=good morning");
    }

    /// <summary>The present gate asks for what neither version ever answers: only the gate of that time lets the old one in.</summary>
    [Fact]
    public async Task Going_back_brings_back_the_limits_and_the_gate_of_that_time()
    {
        const string project = "goes-back-whole";
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var v1 = await world.Images.PublishAsync(ImageKind.Healthy, "v1", project, "v1", Token);
        var v2 = await world.Images.PublishAsync(ImageKind.Healthy, "v2", project, "v2", Token);
        await plimsoll.AddProjectAsync(project, v1.Repository, Token, new { name = "rel", tagPattern = "v*", autoDeploy = true, memoryLimit = 64, cpuLimit = 0.5 });
        var first = (string)(await plimsoll.PushAsync(v1, Token))["deployId"]!;
        await plimsoll.Api.SendDataAsync(HttpMethod.Put, $"projects/{project}/stages/rel", new { memoryLimit = 128, cpuLimit = 1.5 }, Token);
        var second = (string)(await plimsoll.PushAsync(v2, Token))["deployId"]!;
        (await ReadLimitsAsync($"{project}-rel-v2-{second}")).ShouldBe($"{128 * 1024 * 1024} 1500000000");
        await plimsoll.Api.SendDataAsync(HttpMethod.Put, $"projects/{project}", new { health = new { status = "599", deadlineSeconds = 1 } }, Token);

        var back = (string)(await plimsoll.Api.PostDataAsync($"deploys/{first}/rollback", null, Token))!["deployId"]!;

        var end = await plimsoll.ReadDeploymentAsync(back, Token, wait: 60);
        ((string)end["state"]!).ShouldBe("succeeded", end.ToJsonString());
        (await ReadLimitsAsync($"{project}-rel-v1-{back}")).ShouldBe($"{64 * 1024 * 1024} 500000000");
    }

    private Task<string> ReadLimitsAsync(string container) => world.Engine.RunDockerAsync("inspect", "--format", "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}}", container);

    private static async Task<string> ReadEnvironmentAsync(PlimsollProcess plimsoll, string host)
    {
        using var answer = await plimsoll.GetThroughEdgeAsync(host, "/cgi-bin/env", Token);
        return await answer.Content.ReadAsStringAsync(Token);
    }
}
