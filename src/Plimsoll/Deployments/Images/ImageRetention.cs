using Plimsoll.Docker;

namespace Plimsoll.Deployments.Images;

/// <summary>
/// Which images of the engine nobody needs any more. Pure. When in doubt an image stays: disk space is cheaper than an
/// image that was somebody else's.
/// </summary>
internal static class ImageRetention
{
    /// <summary>The images that deployments of this stage brought here and that can go.</summary>
    public static IReadOnlyList<ImageSummary> Unneeded(long stageId, ImageFacts facts)
    {
        var brought = NamesOf(facts.Deployed.Where(deployed => deployed.StageId == stageId));
        var ours = NamesOf(facts.Deployed.Where(deployed => facts.Repositories.Contains(deployed.Name.Repository)));
        var needed = Needed(facts);
        var idsInUse = facts.Containers.Select(container => container.ImageId).ToHashSet(StringComparer.Ordinal);
        return [.. facts.Images.Where(image => !idsInUse.Contains(image.Id) && CanGo(image, brought, ours, needed))];
    }

    /// <summary>
    /// Plimsoll pulls by digest and gives no tags, so a tag is somebody else's; so is a digest that no deployment named.
    /// One image can have several names, and every one of them has to be free.
    /// </summary>
    private static bool CanGo(ImageSummary image, HashSet<ImageName> brought, HashSet<ImageName> ours, HashSet<ImageName> needed)
    {
        var names = image.RepoDigests.Select(ImageName.Read).ToList();
        return image.RepoTags.Count == 0
            && names.Exists(name => name is { } known && brought.Contains(known))
            && names.TrueForAll(name => name is { } known && ours.Contains(known) && !needed.Contains(known));
    }

    /// <remarks>The containers' own words are heard beside their image ids: engines do not agree on what the id of an image is.</remarks>
    private static HashSet<ImageName> Needed(ImageFacts facts)
    {
        var unfinished = facts.Deployed.Where(deployed => !DeploymentTransitions.IsTerminal(deployed.State));
        var targets = facts.Deployed
            .Where(deployed => deployed.State == DeploymentState.Succeeded)
            .GroupBy(deployed => deployed.StageId)
            .SelectMany(ofStage => ofStage.OrderByDescending(deployed => deployed.Sequence).Take(facts.KeepDeployments));
        var needed = NamesOf(unfinished.Concat(targets));
        needed.UnionWith(facts.OfInstances);
        needed.UnionWith(facts.Containers.Select(container => ImageName.Read(container.Image)).OfType<ImageName>());
        return needed;
    }

    private static HashSet<ImageName> NamesOf(IEnumerable<DeployedImage> deployed) => [.. deployed.Select(one => one.Name)];
}
