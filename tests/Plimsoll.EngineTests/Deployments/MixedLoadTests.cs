using Plimsoll.Bench;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Deployments;

public sealed class MixedLoadTests(EngineWorld world)
{
    private const int Deployments = 10;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact, Trait("Category", "Long")]
    public async Task Ten_deployments_under_slow_requests_uploads_events_and_WebSockets_lose_nothing()
    {
        await using var plimsoll = await PlimsollProcess.StartNewAsync(new PlimsollSettings { DockerHost = world.Engine.Endpoint }, Token);
        await plimsoll.ChangeSettingsAsync(new { drainSeconds = 3 }, Token);
        TestImage[] versions = [await PublishAsync("v1"), await PublishAsync("v2")];
        await plimsoll.AddProjectAsync("mixed", versions[0].Repository, Token);
        await DeployAsync(plimsoll, versions[0]);

        await using var load = MixedLoad.Start(new Target(plimsoll.ProxyAddress, "stage-rel-mixed.localhost"), "v1", Mix.Usual, TimeProvider.System);
        for (var number = 1; number <= Deployments; number++)
        {
            var image = versions[number % 2];
            load.Switches.Begin(image.Version);
            await DeployAsync(plimsoll, image);
            load.Switches.End();
        }

        var result = await load.StopAsync();
        result.FirstFailures.ShouldBeEmpty();
        load.Switches.UntilSeen.Count.ShouldBe(Deployments);
        result.Kinds[TrafficKind.Slow].Crossed.ShouldBeGreaterThan(0, "slow requests are under way at a switch and are finished");
        result.Kinds[TrafficKind.Upload].Crossed.ShouldBeGreaterThan(0, "so are uploads");
        result.Kinds[TrafficKind.Fast].ConnectionsOpened.ShouldBe(Mix.Usual.Fast, "clients keep their connections over a switch");
    }

    [Fact, Trait("Category", "Long")]
    public async Task A_drain_that_is_too_short_for_the_slow_requests_does_not_go_unnoticed()
    {
        await using var plimsoll = await PlimsollProcess.StartNewAsync(new PlimsollSettings { DockerHost = world.Engine.Endpoint }, Token);
        await plimsoll.ChangeSettingsAsync(new { drainSeconds = 0, watchSeconds = 0 }, Token);
        TestImage[] versions = [await PublishAsync("v1"), await PublishAsync("v2")];
        await plimsoll.AddProjectAsync("hasty", versions[0].Repository, Token);
        await DeployAsync(plimsoll, versions[0]);

        await using var load = MixedLoad.Start(new Target(plimsoll.ProxyAddress, "stage-rel-hasty.localhost"), "v1", Mix.Usual, TimeProvider.System);
        await Eventually.IsTrueAsync(
            () => load.Result().Kinds[TrafficKind.Slow].Requests >= Mix.Usual.Slow, PlimsollSteps.Patience, () => "The slow requests are not answered.", Token);
        load.Switches.Begin("v2");
        await DeployAsync(plimsoll, versions[1]);
        load.Switches.End();

        var result = await load.StopAsync();
        result.Kinds[TrafficKind.Slow].Failed.ShouldBeGreaterThan(0);
    }

    private async Task<TestImage> PublishAsync(string version) =>
        await world.Images.PublishAsync(ImageKind.MixedTraffic, version, "mixed", version, Token);

    private static async Task DeployAsync(PlimsollProcess plimsoll, TestImage image) =>
        ((string?)(await plimsoll.PushAsync(image, Token))["state"]).ShouldBe("succeeded");
}
