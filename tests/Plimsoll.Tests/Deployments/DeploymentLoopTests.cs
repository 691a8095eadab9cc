using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Apps;
using Plimsoll.Candidates;
using Plimsoll.Decisions;
using Plimsoll.Deployments;
using Plimsoll.Docker;
using Plimsoll.Edge;
using Plimsoll.Plumbing;
using Plimsoll.Plumbing.Config;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Secrets;
using Plimsoll.Tests.Docker;
using Plimsoll.Tests.Plumbing.Cli.Support;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Deployments;

/// <summary>The real loop, reconciler and journal; the clock stands still, so nothing goes on but by a signal.</summary>
public sealed class DeploymentLoopTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stage_that_pauses_before_its_next_try_looks_at_once_when_somebody_says_so()
    {
        using var folder = new TemporaryFolder();
        await using var engine = EngineDouble.Stopped();
        engine.On("GET", "/containers/json", 200, "[]");
        await using var services = Build(folder.Path, engine);
        var store = services.GetRequiredService<Store>();
        await Migrations.ApplyAsync(store, Token);
        services.GetRequiredService<Installation>().Id = "tests";
        var deployments = services.GetRequiredService<DeploymentStore>();
        var id = await store.WriteAsync(
            scope =>
            {
                var project = services.GetRequiredService<ProjectStore>().Add(scope, Given.Project);
                var stage = services.GetRequiredService<StageStore>().Add(scope, Given.Stage with { ProjectId = project });
                return deployments.Enqueue(scope, stage, Given.Artifact("v1"), CandidateTrigger.Webhook, "somebody");
            },
            Token);
        var loop = services.GetRequiredService<DeploymentLoop>();
        await loop.StartAsync(Token);
        await UntilAsync(deployments, () => deployments.StepsAfter(id, 0).Any(step => step.Text.StartsWith("Not yet:", StringComparison.Ordinal)));

        await services.GetRequiredService<DeploymentStop>().RequestAsync(id, "ann", Token);
        await engine.StartAgainAsync();
        loop.LookAt(deployments.Find(id)!.StageId);

        await UntilAsync(deployments, () => deployments.Find(id)!.IsTerminal);
        deployments.Find(id)!.State.ShouldBe(DeploymentState.Cancelled, string.Join('\n', deployments.StepsAfter(id, 0).Select(step => step.Text)));
        await loop.StopAsync(Token);
    }

    private static async Task UntilAsync(DeploymentStore deployments, Func<bool> condition)
    {
        while (true)
        {
            var next = deployments.Changed.Next;
            if (condition())
            {
                return;
            }

            await next.WaitAsync(TimeSpan.FromSeconds(60), Token);
        }
    }

    private static ServiceProvider Build(string folder, EngineDouble engine) => new ServiceCollection()
        .AddLogging()
        .AddSingleton(new ServeOptions { DataFolder = folder, Listen = new Uri("http://127.0.0.1:0"), ProxyListen = new Uri("http://127.0.0.1:0"), Engine = engine.Endpoint })
        .AddSingleton<TimeProvider>(new ManualTimeProvider())
        .AddSingleton(new SecretBox(EncryptionKey.FromText("a key for tests")))
        .AddSingleton(new Store(Path.Combine(folder, "plimsoll.db")))
        .AddSingleton<EventLog>()
        .AddSingleton(new FaultPoint(null, null, TimeProvider.System))
        .AddSingleton(provider => new DockerEngine(engine.Endpoint, TimeProvider.System))
        .AddApps()
        .AddCandidates()
        .AddDecisions()
        .AddDeployments()
        .AddEdge(new EdgeOptions())
        .BuildServiceProvider();
}
