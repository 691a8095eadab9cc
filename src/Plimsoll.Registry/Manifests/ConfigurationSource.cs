using Plimsoll.Registry.Authentication;
using Plimsoll.Registry.References;
using Plimsoll.Registry.Transport;

namespace Plimsoll.Registry.Manifests;

/// <summary>Reads the configuration of one platform's image, checked against the digest its manifest names.</summary>
internal sealed class ConfigurationSource(PlatformManifests images, Authenticator authenticator, RegistryClientOptions options, TimeProvider time)
{
    public async Task<ImageConfiguration> ReadAsync(
        ImageReference reference, Platform platform, RequestTarget target, CancellationToken cancellationToken)
    {
        var (manifest, resolved) = await images.FindAsync(reference, platform, target, cancellationToken);
        var configuration = manifest.Configuration!;
        if (!ManifestTypes.IsImageConfiguration(configuration.MediaType))
        {
            throw Failed(RegistryFailure.BadAnswer, target, $"it is no container image but {Excerpt.Of(configuration.MediaType)}");
        }

        var bytes = await ReadBlobAsync(configuration, target, cancellationToken);
        return JsonReading.ObjectOf(bytes) is { } document
            ? ConfigurationParser.Read(document, manifest.Digest, resolved) with { LayerBytes = manifest.LayerBytes }
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
