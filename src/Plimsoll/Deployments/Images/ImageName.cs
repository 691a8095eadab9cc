using Plimsoll.Registry;

namespace Plimsoll.Deployments.Images;

/// <summary>An image as a deployment names it: repository with registry, and digest.</summary>
internal readonly record struct ImageName(string Repository, Digest Digest)
{
    /// <summary>
    /// Reads what the engine says, which leaves the registry out for Docker Hub. Null when it names no digest, so that it
    /// can be no image of a deployment.
    /// </summary>
    public static ImageName? Read(string reference) =>
        ImageReference.TryParse(reference, out var parsed, out _) && parsed?.Digest is { } digest ? new ImageName(parsed.Name, digest) : null;
}
