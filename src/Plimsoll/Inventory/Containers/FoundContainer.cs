using Plimsoll.Docker;
using Plimsoll.Registry;

namespace Plimsoll.Inventory.Containers;

/// <summary>A container of the engine.</summary>
/// <param name="Written">Its image as it was written when it was made; the id of the image where it was made from that.</param>
/// <param name="Image">Null: the engine no longer has it.</param>
internal sealed record FoundContainer(ContainerSummary Listed, string Written, LocalImage? Image)
{
    public const string ComposeProjectLabel = "com.docker.compose.project";
    public const string ComposeServiceLabel = "com.docker.compose.service";

    public string Name => Listed.Name;

    public bool IsRunning => Listed.State is "running" or "paused" or "restarting";

    /// <summary>Null: it was made from an id, or from what is no reference.</summary>
    public ImageReference? Reference { get; } = !Written.StartsWith("sha256:", StringComparison.Ordinal) && ImageReference.TryParse(Written, out var reference, out _) ? reference : null;

    /// <summary>The tag it runs under.</summary>
    public string Tag => Reference?.Tag ?? "latest";

    public Digest? CurrentDigest(Digest? wanted = null) => Reference is null ? Image?.Digests.FirstOrDefault() is { Hex.Length: > 0 } any ? any : null : Image?.DigestIn(Reference.Name, wanted);
}
