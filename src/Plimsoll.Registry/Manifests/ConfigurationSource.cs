using Plimsoll.Registry.Authentication;
using Plimsoll.Registry.References;
using Plimsoll.Registry.Transport;

namespace Plimsoll.Registry.Manifests;

/// <summary>Walks from a reference to the configuration of one platform, checking every digest on the way.</summary>
internal sealed class ConfigurationSource(ManifestSource manifests, Authenticator authenticator, RegistryClientOptions options, TimeProvider time)
{
    // An index may list another one; deeper nesting has never been seen and could be a circle.
    private const int DeepestIndex = 3;

    public async Task<ImageConfiguration> ReadAsync(
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

        var configuration = manifest.Configuration!;
        if (!ManifestTypes.IsImageConfiguration(configuration.MediaType))
        {
            throw Failed(RegistryFailure.BadAnswer, target, $"it is no container image but {Excerpt.Of(configuration.MediaType)}");
        }

        var bytes = await ReadBlobAsync(configuration, target, cancellationToken);
        return JsonReading.ObjectOf(bytes) is { } document
            ? ConfigurationParser.Read(document, manifest.Digest, top.Digest)
            : throw Failed(RegistryFailure.BadAnswer, target, "the image's configuration is not JSON");
    }

    private async Task<byte[]> ReadBlobAsync(ContentDescriptor blob, RequestTarget target, CancellationToken cancellationToken)
    {
        if (blob.SizeBytes > options.MaxManifestBytes)
        {
            throw Failed(RegistryFailure.TooLarge, target, $"the image's configuration has {blob.SizeBytes} bytes; {options.MaxManifestBytes} are accepted");
        }

        var path = $"v2/{target.Repository}/blobs/{blob.Digest}";
        using var answer = await authenticator.SendAsync(target, HttpMethod.Get, path, [], cancellationToken);
        if (!answer.IsSuccess)
        {
            throw await ServerRefusal.ReadAsync(answer, target, time.GetUtcNow());
        }

        var bytes = await answer.ReadBodyAsync(options.MaxManifestBytes);
        return blob.Digest.Matches(bytes)
            ? bytes
            : throw Failed(RegistryFailure.BadAnswer, target, $"{Excerpt.Of(answer.Address.Authority)} sent a configuration that is not {blob.Digest}");
    }

    private static RegistryException Failed(RegistryFailure failure, RequestTarget target, string what) =>
        new(failure, target.Subject, NetworkFailure.Sentence(target.Subject, $"{what}."));
}
