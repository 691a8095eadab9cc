using Plimsoll.Docker;

namespace Plimsoll.EngineTests.Docker;

public sealed class ContainerLogTests(DockerFixture docker) : IClassFixture<DockerFixture>
{
    private const string Script = "echo one; echo two >&2; head -c 40000 /dev/zero | tr '\\0' x; echo; printf last";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Streams_come_apart_and_long_lines_stay_whole(bool timestamps)
    {
        var id = await EndedAsync(docker.Running(Script));

        var lines = await ReadAsync(id, new LogRequest(Timestamps: timestamps));

        lines.Where(line => line.Stream == LogStream.Output).Select(line => line.Text).ShouldBe(["one", new string('x', 40000), "last"]);
        lines.Where(line => line.Stream == LogStream.Error).Select(line => line.Text).ShouldBe(["two"]);
        lines.ShouldAllBe(line => line.At.HasValue == timestamps);
    }

    [Fact]
    public async Task A_terminals_log_is_one_stream()
    {
        var id = await EndedAsync(docker.Running("echo one; echo two >&2; printf last") with { HasTty = true });

        var lines = await ReadAsync(id, new LogRequest(Timestamps: true));

        lines.Select(line => line.Text).ShouldBe(["one", "two", "last"]);
        lines.ShouldAllBe(line => line.Stream == LogStream.Output && line.At != null);
    }

    [Fact]
    public async Task The_last_lines_can_be_asked_for()
    {
        var id = await EndedAsync(docker.Running("for i in 1 2 3 4 5; do echo $i; done"));

        (await ReadAsync(id, new LogRequest(TailLines: 2))).Select(line => line.Text).ShouldBe(["4", "5"]);
        (await ReadAsync(id, new LogRequest(TailLines: 0))).ShouldBeEmpty();
        (await ReadAsync(id, new LogRequest(Since: DateTimeOffset.UtcNow.AddHours(1)))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Following_brings_lines_as_they_are_written_and_ends_with_the_container()
    {
        var id = await docker.StartAsync(docker.Running("echo ready; trap 'echo bye; exit 0' TERM; while true; do sleep 0.1; done"));
        var seen = new List<string>();

        await foreach (var line in docker.Engine.Containers.ReadLogsAsync(id, new LogRequest(Follow: true), Token))
        {
            seen.Add(line.Text);
            if (line.Text == "ready")
            {
                await docker.Engine.Containers.StopAsync(id, TimeSpan.FromSeconds(5), Token);
            }
        }

        seen.ShouldBe(["ready", "bye"]);
    }

    [Fact]
    public async Task A_log_that_is_not_kept_is_an_error_that_says_so()
    {
        var body = ContainerBody.From(docker.Running("echo one"));
        body["HostConfig"]!["LogConfig"] = new System.Text.Json.Nodes.JsonObject { ["Type"] = "none" };
        var id = await docker.Engine.Containers.CreateAsync(docker.NewName(), body, Token);
        await docker.Engine.Containers.StartAsync(id, Token);

        var fault = await Should.ThrowAsync<DockerException>(ReadAsync(id, new LogRequest()));

        fault.Message.ShouldStartWith($"Could not read the log of container \"{id}\": ");
        fault.Message.ShouldContain("logging driver");
    }

    private async Task<string> EndedAsync(ContainerSpecification specification)
    {
        var id = await docker.StartAsync(specification);
        await docker.Engine.Containers.WaitAsync(id, Token);
        return id;
    }

    private async Task<List<LogLine>> ReadAsync(string id, LogRequest request)
    {
        var lines = new List<LogLine>();
        await foreach (var line in docker.Engine.Containers.ReadLogsAsync(id, request, Token))
        {
            lines.Add(line);
        }

        return lines;
    }
}
