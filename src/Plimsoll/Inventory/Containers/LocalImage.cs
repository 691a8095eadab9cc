using Plimsoll.Docker;
using Plimsoll.Registry;

namespace Plimsoll.Inventory.Containers;

/// <summary>An image as the engine has it: under which names and digests, when it was built and for what platform.</summary>
internal sealed record LocalImage(string Id, IReadOnlyList<string> RepoTags, IReadOnlyList<ImageReference> Pulled, DateTimeOffset? Created, Platform? Platform)
{
    /// <summary>The digests under which it was pulled or pushed, whatever the repository.</summary>
    public IReadOnlyList<Digest> Digests { get; } = [.. Pulled.Select(pulled => pulled.Digest).OfType<Digest>().Distinct()];

    public static LocalImage From(ImageDetails image) => new(
        image.Id,
        image.RepoTags,
        [.. image.RepoDigests.Select(text => ImageReference.TryParse(text, out var reference, out _) && reference.Digest is not null ? reference : null).OfType<ImageReference>()],
        image.Created,
        image is { OperatingSystem.Length: > 0, Architecture.Length: > 0 } ? new Platform(image.OperatingSystem, image.Architecture, image.Variant) : null);

    /// <summary>Its digest in a repository; of several that which is looked for, if it is one of them. Null: it never came from there.</summary>
    public Digest? DigestIn(string repository, Digest? wanted = null)
    {
        var ofRepository = Pulled.Where(pulled => pulled.Name == repository).Select(pulled => pulled.Digest).ToList();
        return wanted is not null && ofRepository.Contains(wanted) ? wanted : ofRepository.FirstOrDefault();
    }
}
