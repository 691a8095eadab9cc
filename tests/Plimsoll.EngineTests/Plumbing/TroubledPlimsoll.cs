using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Plumbing;

/// <summary>A Plimsoll with one project that serves its first version under a steady load, and a second version to be tried while something is wrong.</summary>
internal sealed class TroubledPlimsoll : IAsyncDisposable
{
    private LoadReport? report;

    private TroubledPlimsoll(PlimsollProcess plimsoll, string project, TestImage first, TestImage next)
    {
        Plimsoll = plimsoll;
        Project = project;
        First = first;
        Next = next;
    }

    public PlimsollProcess Plimsoll { get; }

    public string Project { get; }

    public TestImage First { get; }

    public TestImage Next { get; }

    public string Host => $"stage-rel-{Project}.localhost";

    public string StorePath => Path.Combine(Plimsoll.DataFolder, "plimsoll.db");

    public string WebhookPath { get; private set; } = "";

    public LoadGenerator Load { get; private set; } = null!;

    /// <summary>Deployments and decisions as they were before the trouble.</summary>
    public IReadOnlyList<string> Record { get; private set; } = [];

    public static async Task<TroubledPlimsoll> StartAsync(EngineWorld world, string project, string? dataFolder, CancellationToken cancellationToken, string? holdAt = null)
    {
        var first = await world.Images.PublishAsync(ImageKind.Healthy, "v1", project, "v1", cancellationToken);
        var next = await world.Images.PublishAsync(ImageKind.Healthy, "v2", project, "v2", cancellationToken);
        var troubled = new TroubledPlimsoll(new PlimsollProcess(new PlimsollSettings { DockerHost = world.Engine.Endpoint, DataFolder = dataFolder }), project, first, next);
        try
        {
            await troubled.PrepareAsync(holdAt, cancellationToken);
            return troubled;
        }
        catch (Exception)
        {
            await troubled.Plimsoll.DisposeAsync();
            throw;
        }
    }

    public async Task<IReadOnlyList<string>> ReadRecordAsync(CancellationToken cancellationToken)
    {
        var deployments = await Plimsoll.ReadDeploymentsAsync(cancellationToken);
        var decisions = (await Plimsoll.Api.GetDataAsync("decisions?limit=200", cancellationToken))!.AsArray();
        return [.. deployments.Select(one => $"deployment {one!["id"]} {one["state"]}"), .. decisions.Select(one => $"decision {one!["id"]} {one["reasonCode"]}")];
    }

    /// <summary>Before the program is stopped, which nobody can do without being noticed.</summary>
    public async Task StopLoadAsync() => report ??= await Load.StopAsync();

    public async Task ShouldHaveLostNoRequestAsync()
    {
        await StopLoadAsync();
        TestContext.Current.TestOutputHelper!.WriteLine($"Through the proxy: {report}");
        report!.Failures.ShouldBe(0, report.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await Load.DisposeAsync();
        await Plimsoll.DisposeAsync();
    }

    private async Task PrepareAsync(string? holdAt, CancellationToken cancellationToken)
    {
        await Plimsoll.StartAsync(cancellationToken);
        // The poll would find the second version by itself.
        await Plimsoll.ChangeSettingsAsync(new { watchSeconds = 0, pollingSeconds = 0 }, cancellationToken);
        await Plimsoll.AddProjectAsync(Project, First.Repository, cancellationToken);
        ((string)(await Plimsoll.PushAsync(First, cancellationToken))["state"]!).ShouldBe("succeeded");
        if (holdAt is not null)
        {
            await Plimsoll.StopAsync(cancellationToken);
            Plimsoll.Faults.HoldAt(holdAt);
            await Plimsoll.StartAsync(cancellationToken);
        }

        WebhookPath = await Plimsoll.WebhookPathAsync(cancellationToken);
        Record = await ReadRecordAsync(cancellationToken);
        Load = LoadGenerator.Start(Plimsoll.ProxyAddress, new LoadPattern(Host, Connections: 2));
        await Load.WaitForRequestsAsync(10, PlimsollSteps.Patience, cancellationToken);
    }
}
