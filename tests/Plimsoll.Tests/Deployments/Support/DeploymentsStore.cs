using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Apps;
using Plimsoll.Candidates;
using Plimsoll.Candidates.Images;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Pending;
using Plimsoll.Decisions.Waiting;
using Plimsoll.Deployments;
using Plimsoll.Edge;
using Plimsoll.Plumbing;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Registry;
using Plimsoll.Tests.Apps.Support;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Deployments.Support;

/// <summary>The chapters' stores on one new SQLite file, with one project and one stage in it, and no engine.</summary>
internal sealed class DeploymentsStore : IAsyncDisposable
{
    private readonly AppsStore _apps;

    private DeploymentsStore(AppsStore apps)
    {
        _apps = apps;
        Deployments = new DeploymentStore(Store, Time);
        Instances = new InstanceStore(Store, Time);
        Blocks = new BlockStore(Store, Time);
        Decisions = new DecisionStore(Store, Time);
        Routes = new RouteStore(Store, Time);
        Loop = new DeploymentLoop(Deployments, _ => throw new InvalidOperationException("The loop is not started."), null!, Stopping, Time, NullLogger<DeploymentLoop>.Instance);
        Waiting = new WaitingStore(Store, Time);
        Events = new EventLog(Store, Time);
        Pending = new PendingStore(Store, Events, Time);
        Quiet = new QuietStore(Store, Time);
        Images = new ImageBook(Store, Time);
        var desk = new ImageDesk(Images, (reference, registry, token) => ReadImage(reference, registry, token), Time, NullLogger<ImageDesk>.Instance);
        Intake = new CandidateIntake(Store, apps.Projects, apps.Stages, new DecisionRecord(Decisions, Waiting, Pending), Deployments, Loop, new CandidateImages(Images, desk), Time);
    }

    public ManualTimeProvider Time { get; } = new();

    public Stopping Stopping { get; } = new(new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance));

    public Store Store => _apps.Store;

    public AppsStore Apps => _apps;

    public DeploymentStore Deployments { get; }

    public InstanceStore Instances { get; }

    public BlockStore Blocks { get; }

    public DecisionStore Decisions { get; }

    public RouteStore Routes { get; }

    public DeploymentLoop Loop { get; }

    public CandidateIntake Intake { get; }

    public WaitingStore Waiting { get; }

    public EventLog Events { get; }

    public PendingStore Pending { get; }

    public QuietStore Quiet { get; }

    public ImageBook Images { get; }

    /// <summary>What the registry tells of an image; unless a test says otherwise it does not answer.</summary>
    public Func<ImageReference, long?, CancellationToken, Task<ImageConfiguration>> ReadImage { get; set; } =
        (reference, _, _) => Task.FromException<ImageConfiguration>(new RegistryException(RegistryFailure.Unreachable, reference.ToString(), "There is no registry."));

    public Project Project { get; private set; } = null!;

    public Stage Stage { get; private set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<DeploymentsStore> CreateAsync()
    {
        var world = new DeploymentsStore(await AppsStore.CreateAsync());
        (world.Project, world.Stage) = await world.AddProjectAsync(Given.Project, Given.Stage);
        return world;
    }

    public async Task<(Project Project, Stage Stage)> AddProjectAsync(Project project, Stage stage)
    {
        var id = await Store.WriteAsync(
            scope =>
            {
                var added = _apps.Projects.Add(scope, project);
                _apps.Stages.Add(scope, stage with { ProjectId = added });
                return added;
            },
            Token);
        return (_apps.Projects.Find(id)!, _apps.Stages.OfProject(id)[^1]);
    }

    public async Task<Stage> AddStageAsync(Stage stage)
    {
        var id = await WriteAsync(scope => _apps.Stages.Add(scope, stage with { ProjectId = Project.Id }));
        return _apps.Stages.Find(id)!;
    }

    public Task<T> WriteAsync<T>(Func<WriteScope, T> work) => Store.WriteAsync(work, Token);

    public Task WriteAsync(Action<WriteScope> work) => Store.WriteAsync(work, Token);

    public async Task<Deployment> EnqueueAsync(string tag, long? stageId = null)
    {
        var id = await WriteAsync(scope => Deployments.Enqueue(scope, stageId ?? Stage.Id, Given.Artifact(tag), CandidateTrigger.Webhook, "somebody"));
        return Deployments.Find(id)!;
    }

    public Task<Deployment> AdvanceAsync(Deployment deployment, DeploymentState to, string text = "on it", string? reasonCode = null) =>
        WriteAsync(scope => Deployments.Advance(scope, deployment, to, text, reasonCode));

    public async Task<Instance> AddInstanceAsync(string id, string tag, Standing standing, Stage? stage = null, int port = 8080)
    {
        var instance = Given.Instance(id, tag, standing, sequence: Instances.All().Count + 1) with { StageId = (stage ?? Stage).Id, Port = port };
        await WriteAsync(scope => Instances.Add(scope, instance));
        return instance;
    }

    public ValueTask DisposeAsync() => _apps.DisposeAsync();
}
