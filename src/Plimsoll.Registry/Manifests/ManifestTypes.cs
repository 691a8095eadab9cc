namespace Plimsoll.Registry.Manifests;

/// <summary>The media types of manifests and of what they point to.</summary>
internal static class ManifestTypes
{
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";
    public const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string Unknown = "application/octet-stream";

    /// <summary>
    /// All four are asked for always: a registry that is not offered the index types answers with one platform's manifest, whose digest is
    /// never the one an engine recorded, and every image would look outdated.
    /// </summary>
    public static IReadOnlyList<string> Accepted { get; } = [OciIndex, DockerList, OciManifest, DockerManifest];

    public static bool IsImageConfiguration(string? mediaType) => mediaType is null
        or "application/vnd.oci.image.config.v1+json"
        or "application/vnd.docker.container.image.v1+json"
        or Unknown;
}
