using System.Net;
using System.Text.Json.Nodes;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Api;

/// <summary>Stopping, starting, restarting and removing one container by hand, as visitors see it.</summary>
public sealed class InstanceActionsTests(EngineWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stopped_instance_answers_503_and_serves_again_when_it_is_started()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var (path, host, body) = await DeployAsync(plimsoll, "by-hand-stop");

        var stopped = await plimsoll.Api.PostDataAsync($"{path}/stop", null, Token);

        ((string)stopped!["wish"]!).ShouldBe("stopped");
        ((string)stopped["status"]!).ShouldStartWith("Exited");
        await ShouldAskToComeBackAsync(plimsoll, host);
        ((string)(await plimsoll.Api.PostDataAsync($"{path}/stop", null, Token))!["wish"]!).ShouldBe("stopped", "asking twice is asking once");

        var started = await plimsoll.Api.PostDataAsync($"{path}/start", null, Token);

        started!["wish"].ShouldBeNull();
        ((string)started["status"]!).ShouldStartWith("Up");
        (await plimsoll.AskEdgeAsync(host, Token)).ShouldBe(body, "the answer comes after the proof, and then there is traffic");
        (await ActionsOnTheTrailAsync(plimsoll)).ShouldBe(["instance-start", "instance-stop"]);
        (await KindsAsync(plimsoll)).ShouldBe(["instance-stopping", "instance-stopped", "instance-starting", "instance-started"]);
    }

    [Fact]
    public async Task A_stopped_instance_stays_stopped_after_a_kill_and_the_next_start()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var (path, host, body) = await DeployAsync(plimsoll, "by-hand-kill");
        var (_, itsHost, itsBody) = await DeployAsync(plimsoll, "by-hand-kill-next");
        await plimsoll.Api.PostDataAsync($"{path}/stop", null, Token);

        await plimsoll.KillAsync();
        await world.Engine.RunDockerAsync("kill", (await EngineSnapshot.TakeAsync(world.Engine, Token)).ContainersOf("by-hand-kill-next").ShouldHaveSingleItem().Name);
        await plimsoll.StartAsync(Token);

        // What would start the one looks at both, once, and at the other after it, because that is the later deployment.
        await plimsoll.ShouldSoonServeAsync(itsHost, itsBody, Token);
        await ShouldAskToComeBackAsync(plimsoll, host);
        ((string)(await InstanceAsync(plimsoll, path))["status"]!).ShouldStartWith("Exited");
        await plimsoll.Api.PostDataAsync($"{path}/start", null, Token);
        (await plimsoll.AskEdgeAsync(host, Token)).ShouldBe(body);
    }

    [Fact]
    public async Task A_stop_that_was_cut_off_by_a_kill_is_done_at_the_next_start()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var (path, host, _) = await DeployAsync(plimsoll, "by-hand-cut");
        await plimsoll.KillAsync();
        plimsoll.Faults.KillAt("before-stop-by-hand");
        await plimsoll.StartAsync(Token);
        await plimsoll.ShouldSoonServeAsync(host, "healthy by-hand-cut", Token);

        await Should.ThrowAsync<HttpRequestException>(plimsoll.Api.PostDataAsync($"{path}/stop", null, Token));
        await plimsoll.WaitForExitAsync(Token);
        plimsoll.Faults.Clear();
        await plimsoll.StartAsync(Token);

        await Eventually.IsTrueAsync(
            async token => (string?)(await InstanceAsync(plimsoll, path))["wish"] == "stopped", PlimsollSteps.Patience, () => plimsoll.Output.LastLines(40), Token);
        ((string)(await InstanceAsync(plimsoll, path))["status"]!).ShouldStartWith("Exited");
        await ShouldAskToComeBackAsync(plimsoll, host);
    }

    [Theory]
    [InlineData("before-start-by-hand")]
    [InlineData("started-by-hand")]
    public async Task A_start_that_was_cut_off_by_a_kill_is_proven_at_the_next_start(string point)
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var (path, host, body) = await DeployAsync(plimsoll, $"by-hand-{point}");
        await plimsoll.Api.PostDataAsync($"{path}/stop", null, Token);
        await plimsoll.KillAsync();
        plimsoll.Faults.KillAt(point);
        await plimsoll.StartAsync(Token);

        await Should.ThrowAsync<HttpRequestException>(plimsoll.Api.PostDataAsync($"{path}/start", null, Token));
        await plimsoll.WaitForExitAsync(Token);
        plimsoll.Faults.Clear();
        await plimsoll.StartAsync(Token);

        await plimsoll.ShouldSoonServeAsync(host, body, Token);
        await Eventually.IsTrueAsync(async token => (await InstanceAsync(plimsoll, path))["wish"] is null, PlimsollSteps.Patience, () => plimsoll.Output.LastLines(40), Token);
        (await KindsAsync(plimsoll)).ShouldBe(["instance-stopping", "instance-stopped", "instance-starting", "instance-started"]);
    }

    [Fact]
    public async Task A_restart_makes_another_process_of_the_same_container()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var (path, host, body) = await DeployAsync(plimsoll, "by-hand-restart");
        var container = (string)(await InstanceAsync(plimsoll, path))["container"]!;
        var before = await StartedAtAsync(container);

        await plimsoll.Api.PostDataAsync($"{path}/restart", null, Token);

        (await plimsoll.AskEdgeAsync(host, Token)).ShouldBe(body);
        (await StartedAtAsync(container)).ShouldNotBe(before);
    }

    [Fact]
    public async Task A_removed_instance_is_gone_with_its_names()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var (path, host, _) = await DeployAsync(plimsoll, "by-hand-remove");
        var container = (string)(await InstanceAsync(plimsoll, path))["container"]!;

        await plimsoll.Api.SendDataAsync(HttpMethod.Delete, path, null, Token);

        (await plimsoll.AskEdgeAsync(host, Token)).ShouldBe("status 404");
        (await EngineSnapshot.TakeAsync(world.Engine, Token)).Containers.ShouldNotContain(one => one.Name == container);
        (await plimsoll.Api.GetDataAsync(path[..path.LastIndexOf('/')], Token))!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_instance_that_no_longer_proves_itself_is_stopped_again_and_the_reason_is_told()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.TakesTurns, "by-hand-proof", "by-hand-proof", "v1", Token);
        await plimsoll.AddProjectAsync("by-hand-proof", image.Repository, Token, healthPath: "/cgi-bin/turn");
        var deployment = (string)(await plimsoll.PushAsync(image, Token))["deployId"]!;
        var path = $"projects/by-hand-proof/stages/rel/instances/{deployment}";
        await plimsoll.Api.PostDataAsync($"{path}/stop", null, Token);
        var container = (string)(await InstanceAsync(plimsoll, path))["container"]!;
        await world.Engine.RunDockerAsync("rm", container);

        using var answer = await plimsoll.Api.PostAsync($"{path}/start", null, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.ReadEnvelopeAsync(Token)).Message.ShouldContain("Its container is gone");
        ((string)(await InstanceAsync(plimsoll, path))["wishReason"]!).ShouldContain("Its container is gone");
    }

    [Fact]
    public async Task While_a_deployment_is_under_way_the_answer_names_it()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token, watchSeconds: 60);
        var image = await world.Images.PublishAsync(ImageKind.Healthy, "by-hand-busy", "by-hand-busy", "v1", Token);
        await plimsoll.AddProjectAsync("by-hand-busy", image.Repository, Token);
        var deployment = (string)(await plimsoll.PushWithoutWaitingAsync(image, Token))["deployId"]!;
        await plimsoll.ShouldSoonServeAsync("stage-rel-by-hand-busy.localhost", image.Body, Token);

        using var answer = await plimsoll.Api.PostAsync($"projects/by-hand-busy/stages/rel/instances/{deployment}/stop", null, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.ReadEnvelopeAsync(Token)).Message.ShouldContain(deployment);
    }

    /// <summary>One project with v1 live. The path of its instance, its host, and what it answers.</summary>
    private async Task<(string Path, string Host, string Body)> DeployAsync(PlimsollProcess plimsoll, string name)
    {
        var image = await world.Images.PublishAsync(ImageKind.Healthy, name, name, "v1", Token);
        await plimsoll.AddProjectAsync(name, image.Repository, Token);
        var deployment = (string)(await plimsoll.PushAsync(image, Token))["deployId"]!;
        var host = $"stage-rel-{name}.localhost";
        await plimsoll.ShouldSoonServeAsync(host, image.Body, Token);
        return ($"projects/{name}/stages/rel/instances/{deployment}", host, image.Body);
    }

    private static async Task<JsonNode> InstanceAsync(PlimsollProcess plimsoll, string path) =>
        (await plimsoll.Api.GetDataAsync(path[..path.LastIndexOf('/')], Token))!.AsArray().Single(one => (string)one!["id"]! == path[(path.LastIndexOf('/') + 1)..])!;

    private static async Task ShouldAskToComeBackAsync(PlimsollProcess plimsoll, string host)
    {
        using var answer = await plimsoll.GetThroughEdgeAsync(host, "/", Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
    }

    private static async Task<IReadOnlyList<string>> ActionsOnTheTrailAsync(PlimsollProcess plimsoll) =>
        [.. (await plimsoll.Api.GetDataAsync("audit", Token))!.AsArray().Select(one => (string)one!["action"]!).Where(action => action.StartsWith("instance-", StringComparison.Ordinal))];

    private static async Task<IReadOnlyList<string>> KindsAsync(PlimsollProcess plimsoll) =>
        [.. (await plimsoll.Api.GetDataAsync("events", Token))!.AsArray().Select(one => (string)one!["kind"]!).Where(kind => kind.StartsWith("instance-", StringComparison.Ordinal))];

    private async Task<string> StartedAtAsync(string container) =>
        (await world.Engine.RunDockerAsync("inspect", "--format", "{{.State.StartedAt}}", container)).Trim();
}
