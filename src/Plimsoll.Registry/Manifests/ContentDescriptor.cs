namespace Plimsoll.Registry.Manifests;

/// <summary>A pointer from a manifest to something else in the same repository.</summary>
internal sealed record ContentDescriptor(Digest Digest, string? MediaType, long? SizeBytes, Platform? Platform, bool IsAttestation);
