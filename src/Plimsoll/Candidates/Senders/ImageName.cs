using Plimsoll.Apps;
using Plimsoll.Registry;

namespace Plimsoll.Candidates.Senders;

/// <summary>Puts host, repository and tag together as senders name them, or says why they make no image.</summary>
internal static class ImageName
{
    private const int LongestShown = 80;

    /// <param name="host">With port if need be. Senders that know no host of their own pass null.</param>
    /// <param name="knownAs">The host of the webhook, which says under which name the sender's images are pulled; it goes first.</param>
    public static PushReading.Outcome Read(string? host, string? repository, string? tag, string? digest, string? eventId, string? knownAs)
    {
        if (repository is null)
        {
            return Ignored.Unusable("The message names no repository.");
        }

        // Where there is no tag, some senders put the digest in its place.
        if (tag is null || Digest.TryParse(tag, out _) || tag.StartsWith("sha256:", StringComparison.Ordinal))
        {
            return Ignored.NoTag($"{Shown(repository)} was pushed without a tag, as the parts of an image are.");
        }

        if (!ImageReference.IsValidTag(tag))
        {
            return Ignored.Unusable($"'{Shown(tag)}' is not a tag.");
        }

        var registry = knownAs ?? host;
        if (registry is null)
        {
            return Ignored.Unusable($"The message does not say in which registry {Shown(repository)} is. Write the registry's host into the webhook.");
        }

        var canonical = RegistryAddress.Canonical(registry);
        if (RegistryAddress.Problem(canonical) is not null)
        {
            return Ignored.Unusable($"The sender calls its registry '{Shown(registry)}', which no image can be pulled from. Write the name it is known by into the webhook.");
        }

        // Registries keep names in lower case; accounts that are part of them need not be written so.
        return ImageReference.TryParse($"{canonical}/{repository.ToLowerInvariant()}", out var image, out var problem) && image.Tag is null && image.Digest is null
            ? new Sighting(image.WithTag(tag), Digest.TryParse(digest, out var hint) ? hint : null, eventId)
            : Ignored.Unusable($"'{Shown(repository)}' is not a repository{(problem is null ? "." : $": {problem}")}");
    }

    /// <summary>The host of a web address; null for anything else.</summary>
    public static string? HostOf(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Authority.Length > 0 ? uri.Authority : null;

    /// <summary>What a stranger wrote, short and on one line.</summary>
    public static string Shown(string text)
    {
        var shown = text.Length <= LongestShown ? text : text[..LongestShown] + "…";
        return string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
    }
}
