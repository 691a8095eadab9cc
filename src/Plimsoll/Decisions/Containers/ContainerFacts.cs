using Plimsoll.Apps.Policies;
using Plimsoll.Candidates.Images;
using Plimsoll.Registry;

namespace Plimsoll.Decisions.Containers;

/// <summary>All else that a decision about a container may look at.</summary>
internal sealed record ContainerFacts
{
    /// <summary>From the settings.</summary>
    public ContainerPolicy Policy { get; init; } = ContainerPolicy.Default;

    /// <summary>What the offered tag stands for in its registry now; null: not known, and <see cref="RemoteProblem"/> says why.</summary>
    public Digest? RemoteDigest { get; init; }

    public string? RemoteProblem { get; init; }

    /// <summary>The <see cref="ReasonCode"/> of <see cref="RemoteProblem"/>.</summary>
    public string? RemoteProblemCode { get; init; }

    /// <summary>The engine no longer has the image that the container was made from.</summary>
    public bool IsImageGone { get; init; }

    /// <summary>The manifest of the container's platform behind <see cref="RemoteDigest"/>; null: not known.</summary>
    public Digest? RemotePlatformDigest { get; init; }

    /// <summary>The manifest of the platform that runs now; null: not known.</summary>
    public Digest? LocalPlatformDigest { get; init; }

    /// <summary>What is known of the offered image.</summary>
    public ImageFacts? RemoteImage { get; init; }

    /// <summary>What is known of the image that runs.</summary>
    public ImageFacts? LocalImage { get; init; }

    /// <summary>The container is an instance of a stage: its stage decides.</summary>
    public bool IsManaged { get; init; }

    /// <summary>The block on the offered digest, if an update to it failed before.</summary>
    public BlockedDigest? Block { get; init; }

    public string? ApprovedBy { get; init; }

    public Snooze? Snoozed { get; init; }

    public SkippedVersion? Skipped { get; init; }
}
