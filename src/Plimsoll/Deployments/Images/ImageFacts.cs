using Plimsoll.Docker;

namespace Plimsoll.Deployments.Images;

/// <summary>Everything that is asked before an image goes.</summary>
internal sealed record ImageFacts
{
    /// <summary>All of the engine's.</summary>
    public required IReadOnlyList<ImageSummary> Images { get; init; }

    /// <summary>All of the engine's, running or not, whoever made them.</summary>
    public required IReadOnlyList<ContainerSummary> Containers { get; init; }

    /// <summary>All deployments of all stages.</summary>
    public required IReadOnlyList<DeployedImage> Deployed { get; init; }

    /// <summary>The images of all instances, whether their containers exist or not.</summary>
    public required IReadOnlyCollection<ImageName> OfInstances { get; init; }

    /// <summary>Of all projects, canonical.</summary>
    public required IReadOnlyCollection<string> Repositories { get; init; }

    /// <summary>How many of a stage's newest succeeded deployments can be gone back to.</summary>
    public required int KeepDeployments { get; init; }
}
