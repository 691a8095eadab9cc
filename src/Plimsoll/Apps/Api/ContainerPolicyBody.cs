using Plimsoll.Apps.Policies;

namespace Plimsoll.Apps.Api;

/// <summary>Which of the engine's containers are updated at all. An absent field keeps its value.</summary>
public sealed record ContainerPolicyBody
{
    /// <summary>Labels, as <c>name</c> or <c>name=value</c>: a container that has one is left alone.</summary>
    public IReadOnlyList<string>? SkipLabels { get; init; }

    /// <summary>Only containers that have one of these are looked at; none: all are.</summary>
    public IReadOnlyList<string>? OnlyLabels { get; init; }

    /// <summary>Containers that have one of these are not looked at.</summary>
    public IReadOnlyList<string>? ExcludeLabels { get; init; }

    /// <summary>Leave images alone that were built on this engine.</summary>
    public bool? SkipLocalBuild { get; init; }

    /// <summary>Leave containers alone whose image is named by its digest.</summary>
    public bool? SkipPinnedDigest { get; init; }

    /// <summary>Leave containers alone whose tag is a whole version, such as 1.2.3.</summary>
    public bool? SkipSemverPinned { get; init; }

    /// <summary>Tags that move and are never taken for a pin; globs.</summary>
    public IReadOnlyList<string>? FloatingTags { get; init; }

    /// <summary>Update containers of a compose project as well.</summary>
    public bool? AllowComposeUpdate { get; init; }

    internal static ContainerPolicyBody From(ContainerPolicy policy) => new()
    {
        SkipLabels = policy.SkipLabels,
        OnlyLabels = policy.OnlyLabels,
        ExcludeLabels = policy.ExcludeLabels,
        SkipLocalBuild = policy.SkipLocalBuild,
        SkipPinnedDigest = policy.SkipPinnedDigest,
        SkipSemverPinned = policy.SkipSemverPinned,
        FloatingTags = policy.FloatingTags,
        AllowComposeUpdate = policy.AllowComposeUpdate,
    };

    internal ContainerPolicy Over(ContainerPolicy old) => new()
    {
        SkipLabels = SkipLabels ?? old.SkipLabels,
        OnlyLabels = OnlyLabels ?? old.OnlyLabels,
        ExcludeLabels = ExcludeLabels ?? old.ExcludeLabels,
        SkipLocalBuild = SkipLocalBuild ?? old.SkipLocalBuild,
        SkipPinnedDigest = SkipPinnedDigest ?? old.SkipPinnedDigest,
        SkipSemverPinned = SkipSemverPinned ?? old.SkipSemverPinned,
        FloatingTags = FloatingTags ?? old.FloatingTags,
        AllowComposeUpdate = AllowComposeUpdate ?? old.AllowComposeUpdate,
    };
}
