using System.Text.Json.Nodes;

namespace Plimsoll.EngineTests.Support;

/// <summary>Everything an engine holds at one moment, with what a test wants to say about it.</summary>
public sealed record EngineSnapshot(
    IReadOnlyList<SnapshotContainer> Containers,
    IReadOnlyList<SnapshotNetwork> Networks,
    IReadOnlyList<SnapshotVolume> Volumes)
{
    private const string ProjectLabel = "plimsoll.project";
    private const string InstanceLabel = "plimsoll.instance";

    public static async Task<EngineSnapshot> TakeAsync(PrivateEngine engine, CancellationToken cancellationToken)
    {
        var containers = await engine.Socket.GetAsync("/containers/json?all=1", cancellationToken);
        var networks = await engine.Socket.GetAsync("/networks", cancellationToken);
        var volumes = await engine.Socket.GetAsync("/volumes", cancellationToken);
        return new EngineSnapshot(
            [.. containers.AsArray().Select(node => ReadContainer(node!))],
            [.. networks.AsArray().Select(node => new SnapshotNetwork(Text(node!["Id"]), Text(node["Name"]), Text(node["Driver"]), Map(node["Labels"])))],
            [.. ((volumes["Volumes"] as JsonArray) ?? []).Select(node => new SnapshotVolume(Text(node!["Name"]), Map(node["Labels"])))]);
    }

    public IReadOnlyList<SnapshotContainer> ContainersOf(string project) => [.. Containers.Where(container => BelongsTo(container.Labels, project))];

    public IReadOnlyList<SnapshotNetwork> NetworksOf(string project) => [.. Networks.Where(network => BelongsTo(network.Labels, project))];

    public IReadOnlyList<SnapshotVolume> VolumesOf(string project) => [.. Volumes.Where(volume => BelongsTo(volume.Labels, project))];

    /// <summary>
    /// No orphan: the containers labelled with the project are exactly one for each of these instances. Says which are too many or missing.
    /// </summary>
    public void ShouldHoldExactly(string project, params IEnumerable<string> instances) =>
        ContainersOf(project)
            .Select(container => container.Labels.GetValueOrDefault(InstanceLabel, $"{container} without {InstanceLabel}"))
            .Order(StringComparer.Ordinal)
            .ShouldBe(
                instances.Order(StringComparer.Ordinal),
                $"of project {project} the engine holds: {string.Join(", ", ContainersOf(project))}");

    /// <summary>Nothing is labelled with the project any more: no container, network or volume.</summary>
    public void ShouldHoldNothingOf(string project) =>
        ContainersOf(project).Select(found => found.ToString())
            .Concat(NetworksOf(project).Select(found => found.ToString()))
            .Concat(VolumesOf(project).Select(found => found.ToString()))
            .ShouldBeEmpty($"left of project {project}");

    /// <summary>Everything that was not there before. Meaningful on an engine that a test has for itself.</summary>
    public IReadOnlyList<string> NewSince(EngineSnapshot before) =>
    [
        .. Containers.ExceptBy(before.Containers.Select(old => old.Id), found => found.Id).Select(found => $"container {found}"),
        .. Networks.ExceptBy(before.Networks.Select(old => old.Id), found => found.Id).Select(found => $"network {found}"),
        .. Volumes.ExceptBy(before.Volumes.Select(old => old.Name), found => found.Name).Select(found => $"volume {found}"),
    ];

    private static bool BelongsTo(IReadOnlyDictionary<string, string> labels, string project) => labels.GetValueOrDefault(ProjectLabel) == project;

    private static SnapshotContainer ReadContainer(JsonNode node) => new(
        Text(node["Id"]),
        Text(node["Names"]?.AsArray().FirstOrDefault()).TrimStart('/'),
        Text(node["Image"]),
        Text(node["ImageID"]),
        Text(node["State"]),
        Map(node["Labels"]),
        ((node["NetworkSettings"]?["Networks"] as JsonObject) ?? [])
            .Where(network => Text(network.Value?["IPAddress"]).Length > 0)
            .ToDictionary(network => network.Key, network => Text(network.Value!["IPAddress"])));

    private static Dictionary<string, string> Map(JsonNode? node) =>
        ((node as JsonObject) ?? []).ToDictionary(entry => entry.Key, entry => Text(entry.Value));

    private static string Text(JsonNode? node) => (string?)node ?? "";
}
