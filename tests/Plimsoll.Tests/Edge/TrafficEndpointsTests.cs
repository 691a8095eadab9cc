using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Apps;
using Plimsoll.Edge;
using Plimsoll.Plumbing.Events;
using Plimsoll.Tests.Apps.Support;

namespace Plimsoll.Tests.Edge;

/// <summary>Pausing, maintaining and resuming through the API; the record outlives the gates.</summary>
public sealed class TrafficEndpointsTests
{
    private const string Stage = "/api/projects/shop/stages/prod";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stage_is_paused_prolonged_put_in_maintenance_and_resumed_and_the_events_name_who_did_it()
    {
        await using var host = await StartAsync();
        var began = TimeProvider.System.GetUtcNow();
        var paused = (await host.Operator.SendAsync("POST", $"{Stage}/pause")).ShouldBeOk().Data;
        Traffic(paused).ShouldBe("paused");
        ((DateTimeOffset)paused["until"]!).ShouldBe(began.AddSeconds(30), TimeSpan.FromSeconds(10));

        var prolonged = (await host.Operator.SendAsync("POST", $"{Stage}/pause", """{ "seconds": 600 }""")).ShouldBeOk().Data;
        ((DateTimeOffset)prolonged["until"]!).ShouldBe(began.AddSeconds(600), TimeSpan.FromSeconds(10));

        var maintained = (await host.Operator.SendAsync("POST", $"{Stage}/maintenance", """{ "message": " Back at noon. " }""")).ShouldBeOk().Data;
        Traffic(maintained).ShouldBe("maintenance");
        maintained["until"].ShouldBeNull();
        ((string?)maintained["message"]).ShouldBe("Back at noon.");
        Traffic((await host.Operator.SendAsync("POST", $"{Stage}/maintenance", """{ "message": "Back at noon." }""")).ShouldBeOk().Data).ShouldBe("maintenance");

        Traffic((await host.Operator.SendAsync("POST", $"{Stage}/resume")).ShouldBeOk().Data).ShouldBe("open");
        Traffic((await host.Operator.SendAsync("POST", $"{Stage}/resume")).ShouldBeOk().Data).ShouldBe("open");

        var told = host.Get<EventLog>().After(0).Where(one => one.Kind is "stage-paused" or "stage-maintenance" or "stage-resumed").ToList();
        told.Select(one => one.Kind).ShouldBe(["stage-paused", "stage-paused", "stage-maintenance", "stage-resumed"]);
        told.ShouldAllBe(one => one.Text.Contains("token test operator") && one.Project == "shop" && one.Stage == "prod");
    }

    [Fact]
    public async Task What_was_recorded_is_held_again_after_a_restart()
    {
        await using var host = await StartAsync();
        await host.Operator.SendAsync("POST", $"{Stage}/maintenance", """{ "message": "Back at noon." }""");
        await host.Operator.SendAsync("POST", "/api/projects/shop/stages/dev/pause", """{ "seconds": 600 }""");
        var (prod, dev) = (StageId(host, "prod"), StageId(host, "dev"));

        var gates = Restart(host);
        (await gates.Find(prod)!.PassAsync(Stop)).ShouldBe(new Passage(PassageKind.Maintenance, "Back at noon."));
        var waiting = gates.Find(dev)!.PassAsync(Stop);
        waiting.IsCompleted.ShouldBeFalse();
        gates.Find(dev)!.Open();
        (await waiting).Kind.ShouldBe(PassageKind.Through);

        await host.Operator.SendAsync("POST", $"{Stage}/resume");
        await host.Operator.SendAsync("POST", "/api/projects/shop/stages/dev/resume");
        Restart(host).AreAllOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task A_change_of_the_configuration_leaves_a_pause_alone()
    {
        await using var host = await StartAsync();
        await host.Operator.SendAsync("POST", $"{Stage}/pause");
        (await host.Operator.SendAsync("PUT", Stage, """{ "name": "live", "maxInstances": 2 }""")).ShouldBeOk();
        Traffic((await host.Viewer.SendAsync("GET", "/api/projects/shop/stages/live/traffic")).ShouldBeOk().Data).ShouldBe("paused");
        Restart(host).Find(StageId(host, "live")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Wrong_values_unknown_names_and_viewers_are_refused_and_change_nothing()
    {
        await using var host = await StartAsync();
        (await host.Operator.SendAsync("POST", $"{Stage}/pause", """{ "seconds": 0 }""")).ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.Keys.ShouldBe(["seconds"]);
        (await host.Operator.SendAsync("POST", $"{Stage}/pause", """{ "seconds": 3601 }""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        var tooLong = new JsonObject { ["message"] = new string('a', 501) }.ToJsonString();
        (await host.Operator.SendAsync("POST", $"{Stage}/maintenance", tooLong)).ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.Keys.ShouldBe(["message"]);
        (await host.Operator.SendAsync("POST", $"{Stage}/maintenance", """{ "message": "a\u0000b" }""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await host.Operator.SendAsync("POST", "/api/projects/shop/stages/none/pause")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await host.Operator.SendAsync("POST", "/api/projects/none/stages/prod/resume")).Status.ShouldBe(HttpStatusCode.NotFound);
        foreach (var action in new[] { "pause", "maintenance", "resume" })
        {
            (await host.Viewer.SendAsync("POST", $"{Stage}/{action}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        }

        Traffic((await host.Viewer.SendAsync("GET", $"{Stage}/traffic")).ShouldBeOk().Data).ShouldBe("open");
    }

    [Fact]
    public async Task The_settings_of_pauses_and_long_connections_are_checked_and_kept()
    {
        await using var host = await StartAsync();
        (await host.Admin.SendAsync("PUT", "/api/settings", """{ "pauseSeconds": 0, "pauseQueue": -1, "longLived": "never" }"""))
            .ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.Keys.ShouldBe(["pauseSeconds", "pauseQueue", "longLived"], ignoreOrder: true);
        await host.Admin.SendAsync("PUT", "/api/settings", """{ "pauseSeconds": 90, "pauseQueue": 5, "longLived": "close" }""");
        var kept = host.Get<SettingsStore>().Read();
        (kept.PauseSeconds, kept.PauseQueue, kept.LongLived).ShouldBe((90, 5, "close"));
    }

    private static async Task<AppsHost> StartAsync()
    {
        var host = await AppsHost.StartAsync(
            services => services.AddSingleton<StageGates>().AddSingleton<TrafficKeeper>()
                .ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, EdgeJson.Default)),
            routes => routes.MapEdge());
        (await host.Operator.SendAsync(
            "POST",
            "/api/projects",
            """{ "name": "shop", "image": "registry.example.org/shop", "stages": [{ "name": "dev", "tagPattern": "dev-*" }, { "name": "prod", "tagPattern": "v*" }] }"""))
            .ShouldBe(HttpStatusCode.Created, 0);
        return host;
    }

    private static string Traffic(JsonNode data) => (string)data["traffic"]!;

    private static long StageId(AppsHost host, string stage) => host.Get<StageStore>().All().Single(one => one.Name == stage).Id;

    /// <summary>The gates as a program finds them that starts on the same store.</summary>
    private static StageGates Restart(AppsHost host)
    {
        var gates = new StageGates(TimeProvider.System);
        new TrafficKeeper(
            host.Get<Plimsoll.Plumbing.Database.Store>(), host.Get<StageStore>(), host.Get<SettingsStore>(), gates, host.Get<EventLog>(), TimeProvider.System).Apply();
        return gates;
    }
}
