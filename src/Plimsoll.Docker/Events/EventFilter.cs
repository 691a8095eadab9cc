namespace Plimsoll.Docker;

/// <summary>
/// Which events to hear of. Values of one list are alternatives (labels must all match), different lists must all match; empty means any.
/// </summary>
public sealed record EventFilter
{
    /// <summary>Everything.</summary>
    public static EventFilter All { get; } = new();

    /// <summary>Kinds of objects: "container", "image", "network", "volume", "daemon".</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>What happened: "start", "die", "destroy", … "health_status" stands for all its values.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Labels of the object: "key" with any value, or "key=value".</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Containers by id or name.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    internal string? ToParameter() => EngineFilters.Of(("type", Types), ("event", Actions), ("label", Labels), ("container", Containers));
}
