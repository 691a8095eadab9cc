using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
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
public sealed class DeploymentLoopTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();
    private ServiceProvider _services = null!;
    private string _id = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await Get<DeploymentLoop>().StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_stage_that_pauses_before_its_next_try_looks_at_once_when_somebody_says_so()
    {
        await using var engine = EngineDouble.Stopped();
        engine.On("GET", "/containers/json", 200, "[]").On("GET", ImagePath, 404, """{"message":"No such image"}""");
        await StartAsync(engine);
        await UntilAsync(() => Said("Not yet:"));

        await Get<DeploymentStop>().RequestAsync(_id, "ann", Token);
        await engine.StartAgainAsync();
        Get<DeploymentLoop>().LookAt(Deployment.StageId);

        await UntilAsync(() => Deployment.IsTerminal);
        Deployment.State.ShouldBe(DeploymentState.Cancelled, Log);
    }

    [Fact]
    public async Task An_engine_that_says_no_is_asked_again_until_the_time_is_over_and_then_named_as_the_reason()
    {
        await using var engine = await EngineDouble.StartAsync();
        engine.On("GET", "/containers/json", 200, "[]").On("GET", ImagePath, 500, """{"message":"no space left on device"}""");
        await StartAsync(engine);
        await UntilAsync(() => Said("Not yet: Could not inspect image"));
        Deployment.State.ShouldBe(DeploymentState.Pulling);

        _time.Advance(TimeSpan.FromDays(1));
        Get<DeploymentLoop>().LookAt(Deployment.StageId);

        await UntilAsync(() => Deployment.IsTerminal);
        Deployment.State.ShouldBe(DeploymentState.Failed);
        Deployment.Reason!.ShouldContain("no space left on device");
        Deployment.Reason!.ShouldNotContain("mistake");
    }

    private static string ImagePath => $"/images/{Given.Artifact("v1").ByDigest}/json";

    private Deployment Deployment => Get<DeploymentStore>().Find(_id)!;

    private string Log => string.Join('\n', Get<DeploymentStore>().StepsAfter(_id, 0).Select(step => step.Text));

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    private bool Said(string beginning) => Get<DeploymentStore>().StepsAfter(_id, 0).Any(step => step.Text.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>Starts the loop with one deployment of v1 in its queue.</summary>
    private async Task StartAsync(EngineDouble engine)
    {
        _services = Build(engine);
        await Migrations.ApplyAsync(Get<Store>(), Token);
        Get<Installation>().Id = "tests";
        _id = await Get<Store>().WriteAsync(
            scope =>
            {
                var project = Get<ProjectStore>().Add(scope, Given.Project);
                var stage = Get<StageStore>().Add(scope, Given.Stage with { ProjectId = project });
                return Get<DeploymentStore>().Enqueue(scope, stage, Given.Artifact("v1"), CandidateTrigger.Webhook, "somebody");
            },
            Token);
        await Get<DeploymentLoop>().StartAsync(Token);
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        while (true)
        {
            var next = Get<DeploymentStore>().Changed.Next;
            if (condition())
            {
                return;
            }

            await next.WaitAsync(TimeSpan.FromSeconds(60), Token);
        }
    }

    private ServiceProvider Build(EngineDouble engine) => new ServiceCollection()
        .AddLogging()
        .AddSingleton(new ServeOptions { DataFolder = _folder.Path, Listen = new Uri("http://127.0.0.1:0"), ProxyListen = new Uri("http://127.0.0.1:0"), Engine = engine.Endpoint })
        .AddSingleton<TimeProvider>(_time)
        .AddSingleton(new SecretBox(EncryptionKey.FromText("a key for tests")))
        .AddSingleton(new Store(Path.Combine(_folder.Path, "plimsoll.db")))
        .AddSingleton<EventLog>()
        .AddSingleton<IHostApplicationLifetime>(new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance))
        .AddSingleton<Stopping>()
        .AddSingleton(new FaultPoint(null, null, TimeProvider.System))
        .AddSingleton(provider => new DockerEngine(engine.Endpoint, TimeProvider.System))
        .AddApps()
        .AddCandidates()
        .AddDecisions()
        .AddDeployments()
        .AddEdge(new EdgeOptions())
        .BuildServiceProvider();
}
