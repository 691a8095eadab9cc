using System.Diagnostics;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Api;

public sealed class LiveFeedTests(EngineWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_log_of_a_deployment_is_replayed_to_its_end_and_resumed_where_the_reader_left_off()
    {
        await using var plimsoll = await StartAsync();
        var image = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "followed", "v1", Token);
        var pushed = await plimsoll.PushWithoutWaitingAsync(image, Token);
        var id = (string?)pushed["deployId"] ?? (string)(await Eventually.IsKnownAsync(
            async token => (await plimsoll.ReadDeploymentsAsync(token)).FirstOrDefault(), PlimsollSteps.Patience, () => plimsoll.Output.LastLines(40), Token))["id"]!;

        await using var live = await EventStreamReader.OpenAsync(plimsoll.Api, $"deploys/{id}/logs", null, Token);
        var followed = await live.TakeAsync(int.MaxValue);

        followed[^1].EventType.ShouldBe("end");
        followed.SkipLast(1).ShouldAllBe(item => item.EventType == "step");
        followed[^2].Data.ShouldContain("succeeded");
        var ids = followed.SkipLast(1).Select(item => long.Parse(item.EventId!)).ToList();
        ids.ShouldBeInOrder();

        await using var again = await EventStreamReader.OpenAsync(plimsoll.Api, $"deploys/{id}/logs", ids[1], Token);
        (await again.TakeAsync(int.MaxValue)).Select(item => item.EventId).SkipLast(1).ShouldBe(ids.Skip(2).Select(step => step.ToString()));
    }

    [Fact]
    public async Task Events_are_resumed_where_the_reader_left_off_and_then_come_as_they_happen()
    {
        await using var plimsoll = await StartAsync();
        await plimsoll.AddProjectAsync("fed", "registry.invalid/fed", Token);
        await plimsoll.ChangeSettingsAsync(new { drainSeconds = 11 }, Token);
        var recorded = (await plimsoll.Api.GetDataAsync("events", Token))!.AsArray().Select(one => (long)one!["id"]!).ToList();
        recorded.Count.ShouldBeGreaterThan(1);

        await using var stream = await EventStreamReader.OpenAsync(plimsoll.Api, "events/stream", recorded[0], Token);
        (await stream.TakeAsync(recorded.Count - 1)).Select(item => item.EventId).ShouldBe(recorded.Skip(1).Select(id => id.ToString()));
        await plimsoll.ChangeSettingsAsync(new { drainSeconds = 12 }, Token);

        var news = (await stream.NextAsync())!.Value;
        news.EventType.ShouldBe("settings-changed");
        long.Parse(news.EventId!).ShouldBeGreaterThan(recorded[^1]);
    }

    /// <summary>More than one read of the store holds.</summary>
    [Fact]
    public async Task A_reader_who_was_away_for_long_gets_everything_without_waiting_for_the_next_event()
    {
        await using var plimsoll = await StartAsync();
        for (var round = 0; round < 520; round++)
        {
            await plimsoll.ChangeSettingsAsync(new { drainSeconds = 10 + (round % 2) }, Token);
        }

        await using var stream = await EventStreamReader.OpenAsync(plimsoll.Api, "events/stream", 1, Token);

        (await stream.TakeAsync(519)).Count.ShouldBe(519);
    }

    /// <summary>A browser shows "connected" only when the answer has begun, and on a quiet system nothing happens for hours.</summary>
    [Fact]
    public async Task A_stream_begins_at_once_even_when_there_is_nothing_to_tell()
    {
        await using var plimsoll = await StartAsync();

        await using var stream = await EventStreamReader.OpenAsync(plimsoll.Api, "events/stream", null, Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
        await plimsoll.ChangeSettingsAsync(new { drainSeconds = 12 }, Token);

        (await stream.NextAsync())!.Value.EventType.ShouldBe("settings-changed");
    }

    [Fact]
    public async Task An_open_dashboard_does_not_keep_the_program_from_stopping()
    {
        await using var plimsoll = await StartAsync();
        await plimsoll.ChangeSettingsAsync(new { drainSeconds = 11 }, Token);
        await using var events = await EventStreamReader.OpenAsync(plimsoll.Api, "events/stream", 0, Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
        var clock = Stopwatch.StartNew();

        (await plimsoll.StopAsync(Token)).ShouldBe(0);

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15));
        (await events.NextAsync()).ShouldBeNull("the stream ends, it does not break off");
        plimsoll.Output.Text.ShouldNotContain("fail:");
    }

    private Task<PlimsollProcess> StartAsync() => PlimsollProcess.StartNewAsync(new PlimsollSettings { DockerHost = world.Engine.Endpoint }, Token);
}
