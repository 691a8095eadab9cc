using System.Text.Json.Nodes;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Candidates;

/// <summary>What is done again and again, with a real registry behind it.</summary>
public sealed class JobTests(EngineWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_scan_that_somebody_asks_for_finds_what_was_pushed_without_a_word_to_Plimsoll()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var v1 = await world.Images.PublishAsync(ImageKind.Healthy, "scan-1", "found-by-scan", "v1", Token);
        await plimsoll.AddProjectAsync("found-by-scan", v1.Repository, Token);
        await plimsoll.PushAsync(v1, Token);
        var v2 = await world.Images.PublishAsync(ImageKind.Healthy, "scan-2", "found-by-scan", "v2", Token);

        var job = await RunAsync(plimsoll, "scan");

        ((string)job["lastRun"]!["result"]!).ShouldBe("ok");
        await plimsoll.ShouldSoonServeAsync("stage-rel-found-by-scan.localhost", v2.Body, Token);
    }

    [Fact]
    public async Task What_waits_for_an_update_job_is_deployed_when_one_comes_also_after_a_restart()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var policy = new Dictionary<string, object> { ["start"] = "update-job" };
        var v1 = await world.Images.PublishAsync(ImageKind.Healthy, "job-1", "by-job", "v1", Token);
        await plimsoll.AddProjectAsync("by-job", v1.Repository, Token, stage: new { name = "rel", tagPattern = "v*", autoDeploy = true, policy });
        await plimsoll.Api.PostDataAsync("jobs", new { name = "night", kind = "update", cron = "0 3 * * *", timeZone = "Europe/Berlin" }, Token);

        var answer = await plimsoll.PushAsync(v1, Token, wait: 1);
        ((string)answer["decision"]!, (string)answer["reasonCode"]!).ShouldBe(("wait", "waits-for-update-job"));
        await plimsoll.KillAsync();
        await plimsoll.StartAsync(Token);
        (await plimsoll.ReadDeploymentsAsync(Token)).ShouldBeEmpty();

        var job = await RunAsync(plimsoll, "night");

        ((string)job["lastRun"]!["text"]!).ShouldBe("1 waiting images, 1 deployed.");
        await plimsoll.ShouldSoonServeAsync("stage-rel-by-job.localhost", v1.Body, Token);
    }

    private static async Task<JsonNode> RunAsync(PlimsollProcess plimsoll, string job) => (await plimsoll.Api.PostDataAsync($"jobs/{job}/run?wait=60", null, Token))!;
}
