using System.Net;
using System.Text.Json.Nodes;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Api;

/// <summary>What a container writes and uses, as it happens.</summary>
public sealed class InstanceStreamsTests(EngineWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Measurements_come_for_the_project_that_was_asked_for_and_events_as_well()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var id = await DeployAsync(plimsoll, "measured");
        await DeployAsync(plimsoll, "not-measured");

        await using var stream = await EventStreamReader.OpenAsync(plimsoll.Api, "events/stream?statistics=measured", null, Token);
        await plimsoll.ChangeSettingsAsync(new { drainSeconds = 11 }, Token);
        var items = await stream.TakeAsync(3);

        items.ShouldContain(item => item.EventType == "settings-changed");
        var samples = items.Where(item => item.EventType == "statistics").ToList();
        samples.Count.ShouldBe(2);
        samples.ShouldAllBe(sample => sample.EventId == null);
        foreach (var sample in samples.Select(sample => JsonNode.Parse(sample.Data)!))
        {
            ((string)sample["instanceId"]!).ShouldBe(id);
            ((long)sample["memoryBytes"]!).ShouldBeGreaterThan(0);
            ((long)sample["memoryLimitBytes"]!).ShouldBeGreaterThan(0);
        }

        (await plimsoll.Api.GetAsync("events/stream?statistics=nobody", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_log_of_a_container_is_followed_until_it_ends_without_the_values_of_its_variables()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var id = await DeployAsync(plimsoll, "logged", new Dictionary<string, string> { ["SECRET_WORD"] = "plimsoll-load-line" });
        var path = $"projects/logged/stages/rel/instances/{id}";
        var container = (string)(await plimsoll.Api.GetDataAsync("projects/logged/stages/rel/instances", Token))![0]!["container"]!;

        await using var log = await EventStreamReader.OpenAsync(plimsoll.Api, $"{path}/logs?tail=5", null, Token);
        // What a container's first process writes is its log.
        await world.Engine.RunDockerAsync("exec", container, "/bin/sh", "-c", "echo the word is plimsoll-load-line > /proc/1/fd/1");

        var line = JsonNode.Parse((await log.TakeUntilAsync(item => item.EventType == "line" && item.Data.Contains("the word")))!.Value.Data)!;
        ((string)line["text"]!).ShouldBe("the word is [SECRET_WORD]");
        ((string)line["stream"]!).ShouldBe("stdout");
        await plimsoll.Api.PostDataAsync($"{path}/stop", null, Token);
        (await log.TakeUntilAsync(item => item.EventType == "end")).ShouldNotBeNull("the stream ends with the container");
        (await log.NextAsync()).ShouldBeNull();
        (await plimsoll.Api.GetAsync($"projects/logged/stages/other/instances/{id}/logs", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<string> DeployAsync(PlimsollProcess plimsoll, string name, object? env = null)
    {
        var image = await world.Images.PublishAsync(ImageKind.Healthy, name, name, "v1", Token);
        await plimsoll.AddProjectAsync(name, image.Repository, Token);
        if (env is not null)
        {
            await plimsoll.Api.SendDataAsync(HttpMethod.Put, $"projects/{name}", new { env }, Token);
        }

        return (string)(await plimsoll.PushAsync(image, Token))["deployId"]!;
    }
}
