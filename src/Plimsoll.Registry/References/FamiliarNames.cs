namespace Plimsoll.Registry.References;

/// <summary>Shortens Docker Hub names the way people write them, and only where the short name reads back as the same image.</summary>
internal static class FamiliarNames
{
    public static string Of(ImageReference reference)
    {
        if (reference.Registry != ImageReference.DockerHub)
        {
            return reference.Name;
        }

        var path = reference.Repository;
        var isOfficial = path.StartsWith(ImageReference.OfficialPrefix, StringComparison.Ordinal)
            && path.IndexOf('/', ImageReference.OfficialPrefix.Length) < 0;
        var candidate = isOfficial ? path[ImageReference.OfficialPrefix.Length..] : path;

        // "docker.io/my.site/app" must not become "my.site/app", which would name another registry.
        var readsBack = ReferenceParser.TryParse(candidate, out var again, out _)
            && again.Name == reference.Name
            && again.Tag is null;
        return readsBack ? candidate : reference.Name;
    }
}
