using Microsoft.AspNetCore.Http;
using Plimsoll.Docker;

namespace Plimsoll.Tests.Docker;

public sealed class ErrorMappingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(404, """{"message":"No such container: web"}""", typeof(DockerNotFoundException))]
    [InlineData(409, """{"message":"container web is in a bad mood"}""", typeof(DockerConflictException))]
    [InlineData(403, """{"message":"network n has active endpoints"}""", typeof(DockerConflictException))]
    [InlineData(403, "<html>Forbidden by the socket proxy</html>", typeof(DockerException))]
    [InlineData(400, """{"message":"bad parameter"}""", typeof(DockerException))]
    [InlineData(500, """{"message":"driver failed"}""", typeof(DockerException))]
    [InlineData(503, """{"message":"This node is not a swarm manager."}""", typeof(DockerException))]
    [InlineData(503, "<html>No server is available</html>", typeof(DockerUnavailableException))]
    [InlineData(404, """{"message":"page not found"}""", typeof(DockerException))]
    [InlineData(301, "", typeof(DockerException))]
    public async Task Each_answer_becomes_the_exception_of_its_meaning(int status, string body, Type kind)
    {
        await using var server = await EngineDouble.StartAsync();
        server.On("POST", "/containers/web/start", status, body);
        await using var client = server.Connect();

        var fault = await Should.ThrowAsync<DockerException>(client.Containers.StartAsync("web", Token));

        fault.GetType().ShouldBe(kind);
        fault.StatusCode.ShouldBe(status);
        fault.Subject.ShouldBe("container \"web\"");
        fault.Attempt.ShouldBe("start");
        fault.Message.ShouldStartWith("Could not start container \"web\": ");
    }

    [Fact]
    public async Task The_engines_own_words_are_kept_and_shown()
    {
        await using var server = await EngineDouble.StartAsync();
        server.On("POST", "/containers/web/start", 500, """{"message":"port is already allocated"}""");
        await using var client = server.Connect();

        var fault = await Should.ThrowAsync<DockerException>(client.Containers.StartAsync("web", Token));

        fault.EngineMessage.ShouldBe("port is already allocated");
        fault.Message.ShouldContain("port is already allocated");
    }

    [Fact]
    public async Task A_missing_socket_is_named_and_nothing_was_done()
    {
        await using var server = EngineDouble.Stopped();
        await using var client = server.Connect();

        var fault = await Should.ThrowAsync<DockerUnavailableException>(client.Containers.StartAsync("web", Token));

        fault.OutcomeIsUnknown.ShouldBeFalse();
        fault.Message.ShouldContain($"there is no socket at {server.SocketPath}");
        fault.Message.ShouldContain("container \"web\"");
    }

    [Fact]
    public async Task A_socket_nobody_listens_on_is_said_so()
    {
        await using var server = EngineDouble.Stopped();
        await File.WriteAllTextAsync(server.SocketPath, "", Token);
        await using var client = server.Connect();
        (await Should.ThrowAsync<DockerUnavailableException>(client.System.PingAsync(Token))).Message.ShouldContain("nothing is listening");
    }

    [Fact]
    public async Task An_unknown_host_is_said_so()
    {
        await using var client = new DockerEngine(DockerEndpoint.Parse("tcp://no-such-host.invalid:2375"), TimeProvider.System);

        (await Should.ThrowAsync<DockerUnavailableException>(client.System.PingAsync(Token))).Message.ShouldContain("no-such-host.invalid");
    }

    [Fact]
    public async Task A_connection_lost_before_the_answer_leaves_the_outcome_unknown()
    {
        await using var server = await EngineDouble.StartAsync();
        server.On("POST", "/containers/web/start", context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await using var client = server.Connect();

        var fault = await Should.ThrowAsync<DockerUnavailableException>(client.Containers.StartAsync("web", Token));

        fault.OutcomeIsUnknown.ShouldBeTrue();
        fault.Message.ShouldContain("lost");
    }

    [Fact]
    public async Task A_connection_lost_in_the_middle_of_an_answer_is_unavailable()
    {
        await using var server = await EngineDouble.StartAsync();
        server.On("GET", "/containers/web/json", async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("{\"Id\":");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        await using var client = server.Connect();

        await Should.ThrowAsync<DockerUnavailableException>(client.Containers.InspectAsync("web", Token));
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_in_time_is_unavailable()
    {
        await using var server = await EngineDouble.StartAsync();
        server.On("GET", "/info", context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var client = server.Connect(options: new DockerEngineOptions { ReadTimeout = TimeSpan.FromMilliseconds(200) });

        (await Should.ThrowAsync<DockerUnavailableException>(client.System.GetInfoAsync(Token))).Message.ShouldContain("0.2 seconds");
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled_and_nothing_else()
    {
        await using var server = await EngineDouble.StartAsync();
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        server.On("GET", "/info", async context =>
        {
            await source.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var client = server.Connect();

        await Should.ThrowAsync<OperationCanceledException>(client.System.GetInfoAsync(source.Token));
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task An_answer_that_is_not_the_engines_is_said_so(string body)
    {
        await using var server = await EngineDouble.StartAsync();
        server.On("GET", "/info", 200, body);
        await using var client = server.Connect();

        (await Should.ThrowAsync<DockerException>(client.System.GetInfoAsync(Token))).Message.ShouldContain("not what an engine answers");
    }

    [Theory]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a/../b")]
    public async Task A_name_can_not_climb_out_of_its_path(string name)
    {
        await using var server = await EngineDouble.StartAsync();
        await using var client = server.Connect();

        await Should.ThrowAsync<ArgumentException>(() => client.Images.InspectAsync(name, Token));
    }
}
