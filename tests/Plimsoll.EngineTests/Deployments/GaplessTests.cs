using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Deployments;

public sealed class GaplessTests(EngineWorld world)
{
    private const int Deployments = 20;
    private const int Connections = 10;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twenty_deployments_in_a_row_under_load_lose_no_request()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        TestImage[] versions =
        [
            await world.Images.PublishAsync(ImageKind.Healthy, "v1", "gapless", "v1", Token),
            await world.Images.PublishAsync(ImageKind.Healthy, "v2", "gapless", "v2", Token),
        ];
        await plimsoll.AddProjectAsync("gapless", versions[0].Repository, Token);
        ((string)(await plimsoll.PushAsync(versions[0], Token))["state"]!).ShouldBe("succeeded");

        await using var load = LoadGenerator.Start(plimsoll.ProxyAddress, new LoadPattern("stage-rel-gapless.localhost", Connections: Connections));
        for (var number = 1; number <= Deployments; number++)
        {
            var image = versions[number % 2];
            ((string)(await plimsoll.PushAsync(image, Token))["state"]!).ShouldBe("succeeded", $"deployment {number}");
            await load.WaitForBodyAsync(image.Body, PlimsollSteps.Patience, Token);
        }

        var report = await load.StopAsync();
        TestContext.Current.TestOutputHelper!.WriteLine($"{Deployments} deployments: {report}");
        report.Failures.ShouldBe(0, report.ToString());
        report.ConnectionsOpened.ShouldBe(Connections, "clients keep their connections over a switch");
        report.Bodies.Count.ShouldBe(2);
    }
}
