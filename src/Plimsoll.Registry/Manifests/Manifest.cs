namespace Plimsoll.Registry.Manifests;

/// <summary>A manifest as it was read: an index of others, or one image with its configuration.</summary>
/// <param name="Digest">The digest of the bytes it was read from.</param>
/// <param name="MediaType">From the document, else from the header.</param>
/// <param name="SizeBytes">The number of those bytes.</param>
/// <param name="Children">What an index lists; empty for one image.</param>
/// <param name="Configuration">Null for an index.</param>
/// <param name="LayerBytes">All layers together, as they travel; null for an index, or where a layer does not tell its size.</param>
internal sealed record Manifest(
    Digest Digest, string MediaType, long SizeBytes, IReadOnlyList<ContentDescriptor> Children, ContentDescriptor? Configuration, long? LayerBytes)
{
    public bool IsIndex => Configuration is null;
}
