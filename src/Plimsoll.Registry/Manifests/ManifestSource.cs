using System.Net;
using Plimsoll.Registry.Authentication;
using Plimsoll.Registry.References;
using Plimsoll.Registry.Traffic;
using Plimsoll.Registry.Transport;

namespace Plimsoll.Registry.Manifests;

/// <summary>Asks for manifests: cheaply for the digest alone, or whole and checked against it.</summary>
internal sealed class ManifestSource(Authenticator authenticator, TrafficRules traffic, RegistryClientOptions options, TimeProvider time)
{
    /// <summary>
    /// HEAD, which no registry counts as a pull. GET follows only where HEAD is not offered or does not tell the digest. An error to a
    /// HEAD has no words in it, and is not asked again for them: that GET would count.
    /// </summary>
    public async Task<ManifestDescriptor> ResolveAsync(ImageReference reference, RequestTarget target, CancellationToken cancellationToken)
    {
        using var answer = await authenticator.SendAsync(target, HttpMethod.Head, PathOf(reference), ManifestTypes.Accepted, cancellationToken);
        if (answer.Status is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented)
        {
            return await ResolveByGetAsync(reference, target, cancellationToken);
        }

        if (!answer.IsSuccess)
        {
            throw await ServerRefusal.ReadAsync(answer, target, time.GetUtcNow());
        }

        // A digest of another algorithm than the one asked for says nothing about it.
        if (DigestOf(answer) is not { } digest || (reference.Digest is { } asked && asked.Algorithm != digest.Algorithm))
        {
            return await ResolveByGetAsync(reference, target, cancellationToken);
        }

        if (reference.Digest is { } wanted && wanted != digest)
        {
            throw Bad(target, $"it was asked for {wanted} and answered with {digest}");
        }

        return new ManifestDescriptor(digest, answer.ContentType ?? ManifestTypes.Unknown, answer.ContentLength, RateLimits.Of(answer))
        {
            CredentialRefused = answer.Pass?.Refusal is not null,
        };
    }

    /// <summary>The manifest itself; its digest is always computed, never believed.</summary>
    public async Task<(Manifest Manifest, RateLimit? Limit, bool CredentialRefused)> ReadAsync(
        ImageReference reference, RequestTarget target, CancellationToken cancellationToken)
    {
        traffic.ThrowIfPullsAreShort(target);
        using var answer = await authenticator.SendAsync(target, HttpMethod.Get, PathOf(reference), ManifestTypes.Accepted, cancellationToken);
        if (!answer.IsSuccess)
        {
            throw await ServerRefusal.ReadAsync(answer, target, time.GetUtcNow());
        }

        var bytes = await answer.ReadBodyAsync(options.MaxManifestBytes);
        var promised = reference.Digest ?? DigestInHeader(answer);
        if (promised is { } expected && !expected.Matches(bytes))
        {
            throw Bad(target, $"it sent a manifest that is not {expected}");
        }

        if (!ManifestParser.TryParse(bytes, promised ?? Digest.OfBytes(bytes), answer.ContentType, out var manifest, out var problem))
        {
            throw Bad(target, problem);
        }

        return (manifest, RateLimits.Of(answer), answer.Pass?.Refusal is not null);
    }

    private async Task<ManifestDescriptor> ResolveByGetAsync(ImageReference reference, RequestTarget target, CancellationToken cancellationToken)
    {
        var (manifest, limit, credentialRefused) = await ReadAsync(reference, target, cancellationToken);
        return new ManifestDescriptor(manifest.Digest, manifest.MediaType, manifest.SizeBytes, limit) { CredentialRefused = credentialRefused };
    }

    private static Digest? DigestOf(RegistryAnswer answer)
    {
        if (DigestInHeader(answer) is { } digest)
        {
            return digest;
        }

        var tag = answer.Header("ETag")?.Trim();
        return tag is ['"', .., '"'] && Digest.TryParse(tag[1..^1], out var quoted) ? quoted : null;
    }

    private static Digest? DigestInHeader(RegistryAnswer answer) =>
        Digest.TryParse(answer.Header("Docker-Content-Digest")?.Trim(), out var digest) ? digest : null;

    private static string PathOf(ImageReference reference) =>
        $"v2/{reference.Repository}/manifests/{reference.Digest?.ToString() ?? reference.Tag ?? "latest"}";

    private static RegistryException Bad(RequestTarget target, string problem) => new(
        RegistryFailure.BadAnswer,
        target.Subject,
        NetworkFailure.Sentence(target.Subject, $"{Excerpt.Of(target.Endpoint.Authority)} gave a wrong answer: {problem}."));
}
