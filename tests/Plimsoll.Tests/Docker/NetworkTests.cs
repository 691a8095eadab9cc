using System.Text.Json.Nodes;
using Plimsoll.Docker;

namespace Plimsoll.Tests.Docker;

public sealed class NetworkTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["a"] = "b" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_networks_created_at_once_the_oldest_stays_and_ours_goes()
    {
        await using var server = await EngineDouble.StartAsync();
        var lists = new Queue<string>(
        [
            "[" + Network("similar", "front-2", 1) + "]",
            "[" + Network("ours", "front", 5) + "," + Network("theirs", "front", 4) + "]",
        ]);
        server.On("GET", "/networks", context => EngineDouble.WriteAsync(context, 200, lists.Dequeue()))
            .On("POST", "/networks/create", 201, """{"Id":"ours"}""")
            .On("DELETE", "/networks/ours", 204, "");
        await using var client = server.Connect();

        (await client.Networks.EnsureAsync("front", Labels, Token)).Id.ShouldBe("theirs");

        server.Requests.Last().Method.ShouldBe("DELETE");
        var created = JsonNode.Parse(server.Requests.Single(request => request.Path == "/networks/create").Body)!;
        created.ToJsonString().ShouldBe("""{"Name":"front","Driver":"bridge","CheckDuplicate":true,"Labels":{"a":"b"}}""");
    }

    [Fact]
    public async Task A_network_that_somebody_created_in_between_is_used()
    {
        await using var server = await EngineDouble.StartAsync();
        var lists = new Queue<string>(["[]", "[" + Network("theirs", "front", 4) + "]"]);
        server.On("GET", "/networks", context => EngineDouble.WriteAsync(context, 200, lists.Dequeue()))
            .On("POST", "/networks/create", 409, """{"message":"network with name front already exists"}""");
        await using var client = server.Connect();

        (await client.Networks.EnsureAsync("front", Labels, Token)).Id.ShouldBe("theirs");
    }

    [Theory]
    [InlineData(403)]
    [InlineData(500)]
    public async Task A_container_that_is_not_in_the_network_counts_as_disconnected(int status)
    {
        await using var server = await EngineDouble.StartAsync();
        server.On("POST", "/networks/front/disconnect", status, """{"message":"container 1 is not connected to network front"}""");
        await using var client = server.Connect();

        await client.Networks.DisconnectAsync("front", "web", force: false, Token);
    }

    [Fact]
    public async Task A_container_that_is_in_the_network_already_is_a_conflict()
    {
        await using var server = await EngineDouble.StartAsync();
        server.On("POST", "/networks/front/connect", 403, """{"message":"endpoint with name web already exists in network front"}""");
        await using var client = server.Connect();

        var fault = await Should.ThrowAsync<DockerConflictException>(client.Networks.ConnectAsync("front", "web", ["www"], Token));

        fault.Message.ShouldStartWith("Could not connect container \"web\" to network \"front\": endpoint");
        server.Requests.Last().Body.ShouldBe("""{"Container":"web","EndpointConfig":{"Aliases":["www"]}}""");
    }

    private static string Network(string id, string name, int minute) =>
        "{\"Id\":\"" + id + "\",\"Name\":\"" + name + "\",\"Created\":\"2026-11-21T03:0" + minute + ":00Z\"}";
}
