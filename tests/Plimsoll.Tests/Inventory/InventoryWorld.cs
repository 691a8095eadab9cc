using Plimsoll.Docker;
using Plimsoll.Inventory.Containers;
using Plimsoll.Plumbing.Events;
using Plimsoll.Registry;
using Plimsoll.Tests.Deployments.Support;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Inventory;

/// <summary>The judge of containers on a store of its own, and containers to judge.</summary>
internal sealed class InventoryWorld : IAsyncDisposable
{
    public const string Repository = "registry.example.org/acme/shop";

    private InventoryWorld(DeploymentsStore stores)
    {
        Stores = stores;
        Findings = new FindingStore(stores.Apps.Store);
        Judge = new ContainerJudge(stores.Apps.Settings, Findings, stores.Decisions, stores.Apps.Events, stores.Time);
    }

    public DeploymentsStore Stores { get; }

    public FindingStore Findings { get; }

    public ContainerJudge Judge { get; }

    public IReadOnlyList<RecordedEvent> Told => [.. Stores.Apps.Events.After(0).Where(one => one.Kind == "update-available")];

    public static async Task<InventoryWorld> CreateAsync() => new(await DeploymentsStore.CreateAsync());

    public static FoundContainer Container(
        string name, string image = $"{Repository}:latest", string? running = "old", string platform = "amd64", params (string Name, string Value)[] labels) => new(
        new ContainerSummary(
            "id of " + name, name, image, "sha256:image", "running", "Up 3 hours", Given.Now, labels.ToDictionary(label => label.Name, label => label.Value), new Dictionary<string, string>()),
        image,
        new LocalImage(
            "sha256:image", [image], running is null ? [] : [ImageReference.Parse(Repository).WithDigest(Given.Digest(running))], Given.Now, new Platform("linux", platform, null)));

    public static RemoteLook Has(string content, string tag = "latest") => new(tag, Given.Digest(content));

    public Task<ContainerFinding?> JudgeAsync(FoundContainer container, RemoteLook look, DateTimeOffset? at = null) =>
        Stores.WriteAsync(scope => Judge.Judge(scope, container, look, at ?? Stores.Time.GetUtcNow(), "poll"));

    public ValueTask DisposeAsync() => Stores.DisposeAsync();
}
