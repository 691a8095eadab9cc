using System.Net;
using System.Net.Sockets;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Plumbing;

/// <summary>What the outside world does at 3 a.m.: each time a clear error, nothing lost, and recovery without a restart.</summary>
public sealed class TroubleTests(EngineWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_that_comes_while_the_registry_is_down_is_kept_and_deployed_when_it_is_back()
    {
        await using var registry = new LocalRegistry();
        await registry.InitializeAsync();
        var image = await new TestImages(world.Engine, registry).PublishAsync(ImageKind.Healthy, "v1", "registry-down", "v1", Token);
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        await plimsoll.ChangeSettingsAsync(new { watchSeconds = 0 }, Token);
        await plimsoll.AddProjectAsync("registry-down", image.Repository, Token);

        await registry.StopAsync(Token);
        var answer = await plimsoll.PushWithoutWaitingAsync(image, Token);
        ((string)answer["decision"]!).ShouldBe("wait");

        await plimsoll.KillAsync();
        await plimsoll.StartAsync(Token);
        await registry.StartAsync(Token);
        await plimsoll.ShouldSoonServeAsync("stage-rel-registry-down.localhost", image.Body, Token);
    }

    [Fact]
    public async Task A_pull_waits_for_a_registry_that_went_away_after_the_decision()
    {
        await using var registry = new LocalRegistry();
        await registry.InitializeAsync();
        var image = await new TestImages(world.Engine, registry).PublishAsync(ImageKind.Healthy, "v1", "registry-away", "v1", Token);
        await using var plimsoll = new PlimsollProcess(new PlimsollSettings { DockerHost = world.Engine.Endpoint });
        plimsoll.Faults.HoldAt("before-pulling");
        await plimsoll.StartAsync(Token);
        await plimsoll.ChangeSettingsAsync(new { watchSeconds = 0 }, Token);
        await plimsoll.AddProjectAsync("registry-away", image.Repository, Token);

        var id = (string)(await plimsoll.PushWithoutWaitingAsync(image, Token))["deployId"]!;
        await plimsoll.WaitForFaultAsync("before-pulling", Token);
        await registry.StopAsync(Token);
        plimsoll.ReleaseFault("before-pulling");
        await Eventually.IsTrueAsync(
            async token => (await plimsoll.ReadDeploymentAsync(id, token))["steps"]!.AsArray().Any(step => ((string)step!["text"]!).StartsWith("Not yet: ", StringComparison.Ordinal)),
            PlimsollSteps.Patience, () => "the deployment's log does not say why it waits", Token);
        await registry.StartAsync(Token);

        ((string)(await plimsoll.ReadDeploymentAsync(id, Token, wait: 90))["state"]!).ShouldBe("succeeded");
    }

    [Fact]
    public async Task The_engine_may_be_away_when_plimsoll_starts()
    {
        await using var engine = new PrivateEngine();
        await engine.InitializeAsync();
        await engine.StopAsync(Token);
        await using var plimsoll = new PlimsollProcess(new PlimsollSettings { DockerHost = engine.Endpoint });
        await plimsoll.StartWithoutWaitingAsync();
        await Eventually.IsTrueAsync(
            async token => (await ReadyAsync(plimsoll, token)).Contains("Is the Docker engine running", StringComparison.Ordinal),
            PlimsollSteps.Patience, () => plimsoll.Output.LastLines(40), Token);

        await engine.StartAsync(Token);
        await Eventually.IsTrueAsync(
            async token => (await ReadyAsync(plimsoll, token)).Contains("\"ok\"", StringComparison.Ordinal), PlimsollSteps.Patience, () => plimsoll.Output.LastLines(40), Token);
    }

    [Theory]
    [InlineData("after-queued")]
    [InlineData("before-pulling")]
    [InlineData("before-starting")]
    [InlineData("created-candidate")]
    [InlineData("before-verifying")]
    [InlineData("before-switching")]
    [InlineData("recorded-switch")]
    [InlineData("before-draining")]
    [InlineData("before-retiring")]
    public async Task The_engine_restarted_in_the_middle_of_a_deployment_delays_it_and_harms_nothing(string point)
    {
        const string host = "stage-rel-restarted.localhost";
        await using var engine = new PrivateEngine();
        await engine.InitializeAsync();
        var images = new TestImages(engine, world.Registry);
        await using var plimsoll = new PlimsollProcess(new PlimsollSettings { DockerHost = engine.Endpoint });
        await plimsoll.StartAsync(Token);
        var v1 = await images.PublishAsync(ImageKind.Healthy, "v1", "restarted-" + point, "v1", Token);
        var v2 = await images.PublishAsync(ImageKind.Healthy, "v2", "restarted-" + point, "v2", Token);
        await plimsoll.ChangeSettingsAsync(new { watchSeconds = 0 }, Token);
        await plimsoll.AddProjectAsync("restarted", v1.Repository, Token, healthPath: "");
        ((string)(await plimsoll.PushAsync(v1, Token))["state"]!).ShouldBe("succeeded");
        await plimsoll.StopAsync(Token);
        plimsoll.Faults.HoldAt(point);
        await plimsoll.StartAsync(Token);

        var id = (string)(await plimsoll.PushWithoutWaitingAsync(v2, Token))["deployId"]!;
        await plimsoll.WaitForFaultAsync(point, Token);
        await engine.StopAsync(Token);
        plimsoll.ReleaseFault(point);
        await engine.StartAsync(Token);

        var deployment = await plimsoll.ReadDeploymentAsync(id, Token, wait: 90);
        ((string)deployment["state"]!).ShouldBe("succeeded", deployment.ToJsonString() + plimsoll.Output.LastLines(40));
        await plimsoll.ShouldSoonServeAsync(host, v2.Body, Token);
        (await EngineSnapshot.TakeAsync(engine, Token)).ShouldHoldExactly("restarted", id);
    }

    [Fact]
    public async Task The_engine_restarted_in_the_middle_of_a_way_back_leaves_the_old_version_serving()
    {
        const string host = "stage-rel-restarted.localhost";
        await using var engine = new PrivateEngine();
        await engine.InitializeAsync();
        var images = new TestImages(engine, world.Registry);
        await using var plimsoll = new PlimsollProcess(new PlimsollSettings { DockerHost = engine.Endpoint });
        plimsoll.Faults.HoldAt("before-rolling-back");
        await plimsoll.StartAsync(Token);
        var v1 = await images.PublishAsync(ImageKind.Healthy, "v1", "restarted-back", "v1", Token);
        var v2 = await images.PublishAsync(ImageKind.Unhealthy, "v2", "restarted-back", "v2", Token);
        await plimsoll.ChangeSettingsAsync(new { watchSeconds = 0, pollingSeconds = 0 }, Token);
        await plimsoll.AddProjectAsync("restarted", v1.Repository, Token, healthPath: "");
        var live = (string)(await plimsoll.PushAsync(v1, Token))["deployId"]!;

        var id = (string)(await plimsoll.PushWithoutWaitingAsync(v2, Token))["deployId"]!;
        await plimsoll.WaitForFaultAsync("before-rolling-back", Token);
        await engine.StopAsync(Token);
        plimsoll.ReleaseFault("before-rolling-back");
        await engine.StartAsync(Token);

        ((string)(await plimsoll.ReadDeploymentAsync(id, Token, wait: 90))["state"]!).ShouldBe("rolled-back", plimsoll.Output.LastLines(40));
        await plimsoll.ShouldSoonServeAsync(host, v1.Body, Token);
        (await EngineSnapshot.TakeAsync(engine, Token)).ShouldHoldExactly("restarted", live);
    }

    [Fact]
    public async Task An_engine_killed_in_the_middle_of_a_pull_delays_the_deployment_only()
    {
        await using var engine = new PrivateEngine();
        await engine.InitializeAsync();
        var image = await new TestImages(engine, world.Registry).PublishAsync(ImageKind.Healthy, "v1", "killed-in-pull", "v1", Token);
        await engine.RunDockerAsync("image", "rm", "--force", image.LocalTag);
        await using var slow = await SlowRegistry.StartAsync(world.Registry.Host, Token);
        await using var plimsoll = await PlimsollProcess.StartNewAsync(new PlimsollSettings { DockerHost = engine.Endpoint }, Token);
        var through = image with { Repository = image.Repository.Replace(world.Registry.Host, slow.Host, StringComparison.Ordinal) };
        await plimsoll.ChangeSettingsAsync(new { watchSeconds = 0 }, Token);
        await plimsoll.AddProjectAsync("killed-in-pull", through.Repository, Token);

        var id = (string)(await plimsoll.PushWithoutWaitingAsync(through, Token))["deployId"]!;
        await slow.BlobAskedFor.WaitAsync(PlimsollSteps.Patience, Token);
        await engine.KillAsync();
        slow.LetGo();
        await engine.StartAsync(Token);

        ((string)(await plimsoll.ReadDeploymentAsync(id, Token, wait: 90))["state"]!).ShouldBe("succeeded", plimsoll.Output.LastLines(40));
    }

    [Theory]
    [InlineData("PLIMSOLL_LISTEN")]
    [InlineData("PLIMSOLL_PROXY_LISTEN")]
    public async Task A_port_that_is_taken_stops_the_start_with_the_setting_to_change(string setting)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";
        await using var plimsoll = new PlimsollProcess(new PlimsollSettings
        {
            DockerHost = world.Engine.Endpoint,
            Environment = new Dictionary<string, string?> { [setting] = address },
        });

        await plimsoll.StartWithoutWaitingAsync();

        (await plimsoll.WaitForExitAsync(Token)).ShouldBe(1);
        plimsoll.Output.Text.ShouldContain(setting);
        plimsoll.Output.Text.ShouldContain(address);
        plimsoll.Output.Text.ShouldNotContain("   at ", Case.Sensitive, "a stack trace helps nobody here");
    }

    [Fact]
    public async Task A_wrong_encryption_key_stops_the_start_and_changes_nothing()
    {
        await using var plimsoll = await PlimsollProcess.StartNewAsync(
            new PlimsollSettings { DockerHost = world.Engine.Endpoint, Environment = new Dictionary<string, string?> { ["ENCRYPTION_KEY"] = "the right one" } }, Token);
        await plimsoll.StopAsync(Token);
        await using var wrong = new PlimsollProcess(new PlimsollSettings
        {
            DockerHost = world.Engine.Endpoint,
            DataFolder = plimsoll.DataFolder,
            Environment = new Dictionary<string, string?> { ["ENCRYPTION_KEY"] = "a wrong one" },
        });

        await wrong.StartWithoutWaitingAsync();

        (await wrong.WaitForExitAsync(Token)).ShouldBe(1);
        wrong.Output.Text.ShouldContain("ENCRYPTION_KEY");
        await plimsoll.StartAsync(Token);
    }

    private static async Task<string> ReadyAsync(PlimsollProcess plimsoll, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = plimsoll.Address };
        try
        {
            using var answer = await http.GetAsync("readyz", cancellationToken);
            return await answer.Content.ReadAsStringAsync(cancellationToken);
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }
}
