using Plimsoll.Docker;

namespace Plimsoll.EngineTests.Docker;

public sealed class EventTests(DockerFixture docker) : IClassFixture<DockerFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_happens_while_the_connection_is_lost_is_told_afterwards_and_nothing_twice()
    {
        await using var relay = new SocketRelay();
        await using var client = new DockerEngine(DockerEndpoint.Parse(relay.Address), TimeProvider.System);
        var label = $"{docker.Prefix}.events";
        var specification = docker.Running() with { Labels = new Dictionary<string, string> { [label] = "1" } };
        var seen = new List<string>();
        var id = "";

        await foreach (var next in client.Events.WatchAsync(new EventFilter { Types = ["container"], Labels = [label] }, null, Token))
        {
            seen.Add(next.Action);
            if (next.IsConnectionEstablished)
            {
                id = await docker.Engine.Containers.CreateAsync(specification, Token);
                await docker.Engine.Containers.StartAsync(id, Token);
            }
            else if (next.Action == "start")
            {
                next.ActorId.ShouldBe(id);
                next.Name.ShouldBe(specification.Name);
                relay.Cut();
            }
            else if (next.IsConnectionLost)
            {
                await docker.Engine.Containers.KillAsync(id, Token);
                await docker.Engine.Containers.WaitAsync(id, Token);
                relay.Mend();
            }
            else if (next.IsConnectionRestored)
            {
                await docker.Engine.Containers.RemoveAsync(id, force: true, removeAnonymousVolumes: true, Token);
            }
            else if (next.Action == "destroy")
            {
                break;
            }
        }

        seen.ShouldBe(["established", "create", "start", "lost", "restored", "kill", "die", "destroy"]);
    }

    [Fact]
    public async Task Past_events_come_when_they_are_asked_for()
    {
        var begin = DateTimeOffset.UtcNow;
        var id = await docker.Engine.Containers.CreateAsync(docker.Running(), Token);

        await foreach (var next in docker.Engine.Events.WatchAsync(new EventFilter { Containers = [id] }, begin, Token))
        {
            if (!next.IsConnectionEstablished)
            {
                next.Action.ShouldBe("create");
                next.At.ShouldBeGreaterThanOrEqualTo(begin.AddSeconds(-1));
                break;
            }
        }
    }
}
