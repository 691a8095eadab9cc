using System.Collections.Concurrent;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Deployments;

/// <summary>After a reboot every name leads to its own application, whatever became of containers and addresses; in between never to another's.</summary>
public sealed class RecoveryTests(EngineWorld world)
{
    private static readonly string[] Projects = ["reboot-a", "reboot-b", "reboot-c"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Containers_that_come_back_with_each_others_addresses_are_never_mistaken_for_each_other()
    {
        await using var engine = new PrivateEngine();
        await engine.InitializeAsync();
        await using var plimsoll = await StartAsync(engine);
        var bodies = await DeployAsync(plimsoll);
        var containers = await ContainersAsync(engine);
        var before = await AddressesAsync(engine, containers);

        await using (var visitors = Visitors.Start(plimsoll, bodies))
        {
            for (var round = 0; round < 2; round++)
            {
                await engine.RunDockerAsync(["kill", .. containers], Token);
                containers = [.. containers.Skip(1), containers[0]];
                foreach (var container in containers)
                {
                    await engine.RunDockerAsync("start", container);
                }

                await EachServesItsOwnAsync(plimsoll, bodies);
            }

            (await AddressesAsync(engine, containers)).Values.Order().ShouldBe(before.Values.Order(), "the same addresses are in use");
            (await AddressesAsync(engine, containers)).ShouldNotBe(before, "but not by the same containers");
            visitors.ShouldHaveSeenNoOther();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_reboot_of_the_host_each_name_leads_to_its_application(bool plimsollGoesOn)
    {
        await using var engine = new PrivateEngine();
        await engine.InitializeAsync();
        await using var plimsoll = await StartAsync(engine);
        var bodies = await DeployAsync(plimsoll);
        // One comes back by itself, one was stopped and stays so, one is gone.
        var containers = await ContainersAsync(engine);

        if (!plimsollGoesOn)
        {
            await plimsoll.KillAsync();
        }

        await using (var visitors = plimsollGoesOn ? Visitors.Start(plimsoll, bodies) : null)
        {
            // Kept from starting with the engine, as by a host that lost power in the middle of a stop.
            await engine.RunDockerAsync("stop", "--time", "0", containers[1]);
            await engine.RunDockerAsync("rm", "--force", containers[2]);
            await engine.StopAsync(Token);
            await engine.StartAsync(Token);
            if (!plimsollGoesOn)
            {
                await plimsoll.StartAsync(Token);
            }

            await EachServesItsOwnAsync(plimsoll, bodies);
            visitors?.ShouldHaveSeenNoOther();
        }

        var now = await ContainersAsync(engine);
        now.Count.ShouldBe(Projects.Length);
        now.ShouldContain(containers[0]);
        now.ShouldContain(containers[1]);
        now.ShouldNotContain(containers[2]);
    }

    [Fact]
    public async Task When_all_containers_are_gone_all_are_deployed_again_as_they_were()
    {
        await using var engine = new PrivateEngine();
        await engine.InitializeAsync();
        await using var plimsoll = await StartAsync(engine);
        var bodies = await DeployAsync(plimsoll);
        // Asked for, but not live yet: what was live is what comes back, as it was.
        await plimsoll.Api.SendDataAsync(HttpMethod.Put, $"projects/{Projects[0]}", new { env = new { GREETING = "later" } }, Token);
        await plimsoll.StopAsync(Token);
        await engine.RunDockerAsync(["rm", "--force", .. await ContainersAsync(engine)], Token);

        await plimsoll.StartAsync(Token);

        await EachServesItsOwnAsync(plimsoll, bodies);
        using var answer = await plimsoll.GetThroughEdgeAsync(HostOf(Projects[0]), "/cgi-bin/env", Token);
        (await answer.Content.ReadAsStringAsync(Token)).ShouldNotContain("GREETING=later");
        (await plimsoll.Api.GetDataAsync("events?after=0", Token))!.AsArray().Count(told => (string)told!["kind"]! == "instance-missing").ShouldBe(Projects.Length);
    }

    private static async Task<PlimsollProcess> StartAsync(PrivateEngine engine)
    {
        var plimsoll = await PlimsollProcess.StartNewAsync(new PlimsollSettings { DockerHost = engine.Endpoint }, Token);
        await plimsoll.ChangeSettingsAsync(new { watchSeconds = 0 }, Token);
        return plimsoll;
    }

    /// <summary>Three projects, each with an application that answers differently, by their hosts.</summary>
    private async Task<IReadOnlyDictionary<string, string>> DeployAsync(PlimsollProcess plimsoll)
    {
        var bodies = new Dictionary<string, string>();
        foreach (var project in Projects)
        {
            var image = await world.Images.PublishAsync(ImageKind.Healthy, project, project, "v1", Token);
            await plimsoll.AddProjectAsync(project, image.Repository, Token);
            ((string)(await plimsoll.PushAsync(image, Token))["state"]!).ShouldBe("succeeded");
            bodies[HostOf(project)] = image.Body;
        }

        return bodies;
    }

    private static string HostOf(string project) => $"stage-rel-{project}.localhost";

    private static async Task EachServesItsOwnAsync(PlimsollProcess plimsoll, IReadOnlyDictionary<string, string> bodies)
    {
        foreach (var (host, body) in bodies)
        {
            await plimsoll.ShouldSoonServeAsync(host, body, Token);
        }
    }

    private static async Task<IReadOnlyList<string>> ContainersAsync(PrivateEngine engine) =>
        [.. (await EngineSnapshot.TakeAsync(engine, Token)).Containers.Where(container => container.Labels.ContainsKey("plimsoll.instance")).Select(container => container.Name).Order(StringComparer.Ordinal)];

    private static async Task<IReadOnlyDictionary<string, string>> AddressesAsync(PrivateEngine engine, IReadOnlyList<string> containers)
    {
        var addresses = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var container in containers)
        {
            addresses[container] = (await engine.RunDockerAsync("inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", container)).Trim();
        }

        return addresses;
    }

    /// <summary>Asks every name all the time. An answer may be missing; another application's answer is what must never be.</summary>
    private sealed class Visitors : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        private readonly ConcurrentQueue<string> _wrong = new();
        private readonly List<Task> _running = [];
        private int _right;

        public static Visitors Start(PlimsollProcess plimsoll, IReadOnlyDictionary<string, string> bodies)
        {
            var visitors = new Visitors();
            visitors._running.AddRange(bodies.Select(pair => visitors.AskAsync(plimsoll, pair.Key, pair.Value)));
            return visitors;
        }

        public void ShouldHaveSeenNoOther()
        {
            _wrong.ShouldBeEmpty();
            _right.ShouldBeGreaterThan(0);
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }

        private async Task AskAsync(PlimsollProcess plimsoll, string host, string body)
        {
            while (true)
            {
                var answer = await plimsoll.AskEdgeAsync(host, _stop.Token);
                if (answer == body)
                {
                    Interlocked.Increment(ref _right);
                }
                else if (answer is not ("status 502" or "status 503" or "status 504"))
                {
                    _wrong.Enqueue($"{host} answered '{answer}'");
                }
            }
        }
    }
}
