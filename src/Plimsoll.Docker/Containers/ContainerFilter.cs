namespace Plimsoll.Docker;

/// <summary>Which containers to list: those that have all the labels ("key" or "key=value") and, when names are given, one of the names.</summary>
public sealed record ContainerFilter
{
    /// <summary>All containers in all states.</summary>
    public static ContainerFilter All { get; } = new() { IncludeStopped = true };

    /// <summary>Labels that must all be there: "key" with any value, or "key=value".</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Exact names; none means any.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Whether containers that do not run are listed, too. Those restarting and paused count as running.</summary>
    public bool IncludeStopped { get; init; }
}
