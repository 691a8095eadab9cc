using Plimsoll.Registry;

namespace Plimsoll.Inventory.Containers;

/// <summary>What was found out about one container, as it is stored; a restart does not lose it.</summary>
internal sealed record ContainerFinding
{
    public string Name { get; init; } = "";

    public string ContainerId { get; init; } = "";

    /// <summary>As it was written.</summary>
    public string Image { get; init; } = "";

    public string ImageId { get; init; } = "";

    /// <summary>The tag that is offered; null: none was looked for.</summary>
    public string? Tag { get; init; }

    public Digest? CurrentDigest { get; init; }

    public Digest? RemoteDigest { get; init; }

    public ContainerStatus Status { get; init; }

    public string ReasonCode { get; init; } = "";

    public string Reason { get; init; } = "";

    /// <summary>JSON.</summary>
    public string Rules { get; init; } = "[]";

    /// <summary>When the registry was asked, or need not be.</summary>
    public DateTimeOffset CheckedAt { get; init; }

    public DateTimeOffset? LookAgainAt { get; init; }

    /// <summary>Whether it speaks of this very container, and not of one that had the name before.</summary>
    public bool IsAbout(FoundContainer container) => ContainerId == container.Listed.Id && ImageId == container.Listed.ImageId;
}
