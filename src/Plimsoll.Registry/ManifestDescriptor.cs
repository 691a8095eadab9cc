namespace Plimsoll.Registry;

/// <summary>What a tag or digest stands for at this moment.</summary>
/// <param name="Digest">For an image of several platforms this is the digest of the index, the one an engine keeps in RepoDigests.</param>
/// <param name="MediaType">The manifest's media type; "application/octet-stream" where the registry did not say.</param>
/// <param name="SizeBytes">The size of the manifest itself, not of the image.</param>
/// <param name="Limit">Pulls left, where the registry says so.</param>
public sealed record ManifestDescriptor(Digest Digest, string MediaType, long? SizeBytes, RateLimit? Limit)
{
    /// <summary>The credential was refused and this was read as anybody could; private images of this registry would fail.</summary>
    public bool CredentialRefused { get; init; }
}
