using Plimsoll.Docker;

namespace Plimsoll.Tests.Docker;

public sealed class VersionNegotiationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.41", "1.41")]
    [InlineData("1.47", "1.47")]
    [InlineData("1.54", "1.54")]
    [InlineData("1.99", "1.54")]
    public async Task The_older_of_both_newest_versions_is_spoken(string engine, string spoken)
    {
        await using var server = await EngineDouble.StartAsync();
        server.ApiVersion = engine;
        server.On("GET", "/containers/json", 200, "[]");
        await using var client = server.Connect();

        await client.Containers.ListAsync(ContainerFilter.All, Token);

        server.Requests.Last().Version.ShouldBe(spoken);
    }

    [Theory]
    [InlineData("1.40")]
    [InlineData("1.9")]
    public async Task An_engine_older_than_20_10_is_refused_with_both_versions(string engine)
    {
        await using var server = await EngineDouble.StartAsync();
        server.ApiVersion = engine;
        await using var client = server.Connect();

        var refusal = await Should.ThrowAsync<DockerVersionException>(client.Containers.StartAsync("web", Token));

        refusal.EngineVersion.ShouldBe(engine);
        refusal.ClientVersion.ShouldBe(ApiVersion.Oldest);
        refusal.Message.ShouldContain(engine);
        refusal.Message.ShouldContain("1.41");
        refusal.Message.ShouldContain("container \"web\"");
    }

    [Fact]
    public async Task A_server_that_names_no_version_is_not_taken_for_an_engine()
    {
        await using var server = await EngineDouble.StartAsync();
        server.ApiVersion = "";
        await using var client = server.Connect();

        (await Should.ThrowAsync<DockerVersionException>(client.System.PingAsync(Token))).Message.ShouldContain(server.SocketPath);
    }

    [Fact]
    public async Task Callers_that_come_together_ask_once()
    {
        await using var server = await EngineDouble.StartAsync();
        server.On("GET", "/containers/json", 200, "[]");
        await using var client = server.Connect();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.Containers.ListAsync(ContainerFilter.All, Token)));

        server.Requests.Count(request => request.Path == "/_ping").ShouldBe(1);
    }

    [Fact]
    public async Task After_the_engine_was_out_of_reach_the_version_is_agreed_on_anew()
    {
        await using var server = await EngineDouble.StartAsync();
        server.On("GET", "/containers/json", 200, "[]");
        await using var client = server.Connect();
        await client.Containers.ListAsync(ContainerFilter.All, Token);

        await server.StopAsync();
        await Should.ThrowAsync<DockerUnavailableException>(client.Containers.ListAsync(ContainerFilter.All, Token));
        server.ApiVersion = "1.50";
        await server.StartAgainAsync();
        await client.Containers.ListAsync(ContainerFilter.All, Token);

        server.Requests.Last().Version.ShouldBe("1.50");
    }

    [Fact]
    public async Task An_engine_replaced_unnoticed_that_refuses_the_version_is_asked_again()
    {
        await using var server = await EngineDouble.StartAsync();
        server.On("POST", "/containers/web/start", context =>
            context.Request.Path.StartsWithSegments("/v1.50")
                ? EngineDouble.WriteAsync(context, 204, "")
                : EngineDouble.WriteAsync(context, 400, "client version 1.41 is too old. Minimum supported API version is 1.44"));
        await using var client = server.Connect();
        await client.System.PingAsync(Token);
        server.ApiVersion = "1.50";

        await client.Containers.StartAsync("web", Token);

        server.Requests.Last().Version.ShouldBe("1.50");
    }

    [Fact]
    public async Task An_engine_that_goes_on_refusing_the_version_is_a_version_error()
    {
        await using var server = await EngineDouble.StartAsync();
        server.ApiVersion = "1.90";
        server.On("GET", "/info", 400, """{"message":"client version 1.54 is too old. Minimum supported API version is 1.60"}""");
        await using var client = server.Connect();

        var refusal = await Should.ThrowAsync<DockerVersionException>(client.System.GetInfoAsync(Token));

        refusal.EngineVersion.ShouldBe("1.90");
        refusal.Message.ShouldContain("1.54");
        refusal.EngineMessage.ShouldNotBeNull().ShouldContain("Minimum supported");
    }
}
