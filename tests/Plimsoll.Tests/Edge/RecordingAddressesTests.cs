using Plimsoll.Deployments;
using Plimsoll.Edge;
using Plimsoll.Tests.Docker;

namespace Plimsoll.Tests.Edge;

public sealed class RecordingAddressesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_instance_is_where_its_running_container_is()
    {
        await using var engine = await EngineDouble.StartAsync();
        engine.On("GET", "/containers/json", 200, $"[{Container("one", "running", ("plimsoll", "10.0.0.2"), ("another", "10.1.0.2"))},{Container("two", "paused", ("plimsoll", "10.0.0.3"))}]");

        (await ReadAsync(engine)).ShouldBe(new Dictionary<string, string> { ["one"] = "10.0.0.2" });

        engine.Requests.Last().Parameter("filters")!.ShouldContain("plimsoll.installation=tests");
    }

    /// <summary>Or else a change of that setting would take every site down at the next event of the engine.</summary>
    [Fact]
    public async Task An_instance_from_before_the_network_was_changed_goes_on_serving_on_the_old_one()
    {
        await using var engine = await EngineDouble.StartAsync();
        engine.On("GET", "/containers/json", 200, $"[{Container("one", "running", ("older", "10.1.0.2"), ("nowhere", ""))},{Container("two", "running")}]");

        (await ReadAsync(engine)).ShouldBe(new Dictionary<string, string> { ["one"] = "10.1.0.2" });
    }

    private static async Task<IReadOnlyDictionary<string, string>> ReadAsync(EngineDouble engine)
    {
        await using var client = engine.Connect();
        return await new ContainerAddresses(client, new Installation { Id = "tests" }).ReadAsync("plimsoll", Token);
    }

    private static string Container(string instance, string state, params (string Network, string Address)[] addresses)
    {
        var networks = string.Join(',', addresses.Select(at => $$"""
            "{{at.Network}}": { "IPAddress": "{{at.Address}}" }
            """));
        return $$"""
            { "Id": "{{instance}}", "Names": ["/{{instance}}"], "State": "{{state}}", "Labels": { "plimsoll.instance": "{{instance}}" },
              "NetworkSettings": { "Networks": { {{networks}} } } }
            """;
    }
}
