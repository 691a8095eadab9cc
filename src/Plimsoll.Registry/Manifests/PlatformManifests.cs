using Plimsoll.Registry.References;
using Plimsoll.Registry.Transport;

namespace Plimsoll.Registry.Manifests;

/// <summary>Walks from a reference to the manifest of one platform's image, checking every digest on the way.</summary>
internal sealed class PlatformManifests(ManifestSource manifests)
{
    // An index may list another one; deeper nesting has never been seen and could be a circle.
    private const int DeepestIndex = 3;

    /// <returns>The image, and the digest that the reference stood for.</returns>
    public async Task<(Manifest Image, Digest Resolved)> FindAsync(
        ImageReference reference, Platform platform, RequestTarget target, CancellationToken cancellationToken)
    {
        var (top, _, _) = await manifests.ReadAsync(reference, target, cancellationToken);
        var manifest = top;
        for (var depth = 0; manifest.IsIndex; depth++)
        {
            if (depth == DeepestIndex)
            {
                throw Failed(RegistryFailure.BadAnswer, target, "its index points from list to list without an image");
            }

            var child = PlatformChoice.Choose(manifest.Children, platform)
                ?? throw Failed(RegistryFailure.NotFound, target, $"there is no image for {Excerpt.Of(platform.ToString())}; there is {PlatformChoice.Offered(manifest.Children)}");
            (manifest, _, _) = await manifests.ReadAsync(reference.WithDigest(child.Digest), target, cancellationToken);
        }

        return (manifest, top.Digest);
    }

    private static RegistryException Failed(RegistryFailure failure, RequestTarget target, string what) =>
        new(failure, target.Subject, NetworkFailure.Sentence(target.Subject, $"{what}."));
}
