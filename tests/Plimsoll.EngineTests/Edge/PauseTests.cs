using System.Net;
using System.Text.Json.Nodes;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Edge;

/// <summary>Holding visitors back around a deployment, and over the death of the program.</summary>
public sealed class PauseTests(EngineWorld world)
{
    private const string Project = "held";
    private const string Host = "stage-rel-held.localhost";
    private const string Stage = $"projects/{Project}/stages/rel";
    private const int Visitors = 12;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Visitors_who_wait_over_a_deployment_are_all_answered_by_the_new_version_and_a_maintenance_outlives_a_kill()
    {
        await using var plimsoll = await PlimsollProcess.StartNewAsync(new PlimsollSettings { DockerHost = world.Engine.Endpoint }, Token);
        var v1 = await world.Images.PublishAsync(ImageKind.Healthy, "v1", Project, "v1", Token);
        var v2 = await world.Images.PublishAsync(ImageKind.Healthy, "v2", Project, "v2", Token);
        await plimsoll.AddProjectAsync(Project, v1.Repository, Token);
        ((string)(await plimsoll.PushAsync(v1, Token))["state"]!).ShouldBe("succeeded");
        (await plimsoll.AskEdgeAsync(Host, Token)).ShouldBe(v1.Body);

        await plimsoll.Api.PostDataAsync($"{Stage}/pause", new { seconds = 600 }, Token);
        var visitors = Enumerable.Range(0, Visitors).Select(_ => plimsoll.AskEdgeAsync(Host, Token)).ToList();
        await WaitingShouldBeAsync(plimsoll, Visitors);
        ((string)(await plimsoll.PushAsync(v2, Token))["state"]!).ShouldBe("succeeded");
        await WaitingShouldBeAsync(plimsoll, Visitors);
        visitors.ShouldAllBe(visitor => !visitor.IsCompleted);

        await plimsoll.Api.PostDataAsync($"{Stage}/resume", new { }, Token);
        (await Task.WhenAll(visitors)).ShouldAllBe(answer => answer == v2.Body);

        // Without any body, as "curl -X POST" sends it.
        using (var bare = await plimsoll.Api.PostAsync($"{Stage}/pause", null, Token))
        {
            bare.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await plimsoll.Api.PostDataAsync($"{Stage}/maintenance", new { message = "Back at <noon>." }, Token);
        await plimsoll.KillAsync();
        await plimsoll.StartAsync(Token);
        using (var answer = await plimsoll.GetThroughEdgeAsync(Host, "/", Token))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(120));
            (await answer.Content.ReadAsStringAsync(Token)).ShouldContain("Back at <noon>.");
        }

        (await plimsoll.AskEdgeAsync("stage-rel-held-v2.localhost", Token)).ShouldBe("status 503", "the names of its tags belong to the stage too");
        var state = await ReadTrafficAsync(plimsoll);
        ((string)state["traffic"]!).ShouldBe("maintenance");
        await plimsoll.Api.PostDataAsync($"{Stage}/resume", new { }, Token);
        await plimsoll.ShouldSoonServeAsync(Host, v2.Body, Token);
    }

    private static Task WaitingShouldBeAsync(PlimsollProcess plimsoll, int visitors) => Eventually.IsTrueAsync(
        async _ => (int)(await ReadTrafficAsync(plimsoll))["waiting"]! == visitors,
        PlimsollSteps.Patience,
        () => $"There are not {visitors} visitors waiting. Output:\n{plimsoll.Output.LastLines(60)}",
        Token);

    private static async Task<JsonNode> ReadTrafficAsync(PlimsollProcess plimsoll) => (await plimsoll.Api.GetDataAsync($"{Stage}/traffic", Token))!;
}
