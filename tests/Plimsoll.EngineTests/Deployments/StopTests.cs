using System.Net;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Deployments;

/// <summary>Told to stop, Plimsoll refuses new work, ends the step under way, and leaves the rest to the next start.</summary>
public sealed class StopTests(EngineWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("before-pulling")]
    [InlineData("created-candidate")]
    [InlineData("before-verifying")]
    [InlineData("before-switching")]
    [InlineData("recorded-switch")]
    [InlineData("before-draining")]
    [InlineData("before-retiring")]
    public async Task While_it_stops_it_serves_and_refuses_new_work_and_the_next_start_completes_the_old(string point)
    {
        var project = "stops-" + point;
        var host = $"stage-rel-{project}.localhost";
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var v1 = await world.Images.PublishAsync(ImageKind.Healthy, "v1", project, "v1", Token);
        await plimsoll.AddProjectAsync(project, v1.Repository, Token);
        await plimsoll.PushAsync(v1, Token);
        await plimsoll.ChangeSettingsAsync(new { pollingSeconds = 0 }, Token);
        var webhook = await plimsoll.WebhookPathAsync(Token);
        await plimsoll.StopAsync(Token);
        plimsoll.Faults.HoldAt(point);
        await plimsoll.StartAsync(Token);
        var v2 = await world.Images.PublishAsync(ImageKind.Healthy, "v2", project, "v2", Token);
        var id = (string)(await plimsoll.PushWithoutWaitingAsync(v2, Token))["deployId"]!;
        await plimsoll.WaitForFaultAsync(point, Token);

        var stopped = plimsoll.StopAsync(Token);
        await Eventually.IsTrueAsync(
            async token =>
            {
                using var refused = await plimsoll.Api.PostAsync(webhook, new StringContent($$"""{"image":"{{v2.Reference}}"}"""), token);
                return refused.StatusCode == HttpStatusCode.ServiceUnavailable && refused.Headers.RetryAfter is not null;
            },
            PlimsollSteps.Patience, () => plimsoll.Output.LastLines(30), Token);
        (await plimsoll.AskEdgeAsync(host, Token)).ShouldBeOneOf(v1.Body, v2.Body);
        stopped.IsCompleted.ShouldBeFalse("the step is still under way");
        plimsoll.ReleaseFault(point);

        (await stopped).ShouldBe(0, plimsoll.Output.LastLines(30));
        await plimsoll.StartAsync(Token);
        ((string)(await plimsoll.ReadDeploymentAsync(id, Token, wait: 60))["state"]!).ShouldBe("succeeded", plimsoll.Output.LastLines(30));
        await plimsoll.ShouldSoonServeAsync(host, v2.Body, Token);
        (await EngineSnapshot.TakeAsync(world.Engine, Token)).ShouldHoldExactly(project, id);
    }

    [Fact]
    public async Task A_request_under_way_through_the_proxy_ends_before_the_program_does()
    {
        const string project = "stops-gently";
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.SlowToAnswer, "v1", project, "v1", Token);
        await plimsoll.AddProjectAsync(project, image.Repository, Token);
        await plimsoll.Api.SendDataAsync(HttpMethod.Put, $"projects/{project}", new { env = new { SLOW_SECONDS = "4" } }, Token);
        var id = (string)(await plimsoll.PushAsync(image, Token))["deployId"]!;

        var answer = plimsoll.GetThroughEdgeAsync($"stage-rel-{project}.localhost", "/slow", Token);
        await Eventually.IsTrueAsync(
            async _ => (await world.Engine.RunDockerAsync("top", $"{project}-rel-v1-{id}")).Split("/answer").Length > 2,
            PlimsollSteps.Patience, () => "the request did not get to the container", Token);
        var stopped = plimsoll.StopAsync(Token);

        using var whole = await answer;
        whole.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await stopped).ShouldBe(0);
    }
}
