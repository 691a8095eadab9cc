using System.Collections.Concurrent;
using Plimsoll.Apps;
using Plimsoll.Registry;

namespace Plimsoll.Candidates;

/// <summary>
/// Asks registries with the credentials that belong to them. Questions for the same tag that overlap are asked once:
/// ten webhooks at the same moment are one request.
/// </summary>
internal sealed class RegistryDesk(RegistryClient client, RegistryStore registries)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ManifestDescriptor>>> _underWay = new(StringComparer.Ordinal);

    /// <param name="preferredRegistry">The registry the project names, whose credentials go first.</param>
    public async Task<Digest> ResolveAsync(ImageReference reference, long? preferredRegistry, CancellationToken cancellationToken)
    {
        if (reference.Digest is { } pinned)
        {
            return pinned;
        }

        var key = $"{preferredRegistry}|{reference}";
        // The shared request is not tied to one caller's token: the client's own time limit bounds it.
        var shared = _underWay.GetOrAdd(key, _ => new Lazy<Task<ManifestDescriptor>>(() => AskAsync(key, reference, preferredRegistry)));
        var descriptor = await shared.Value.WaitAsync(cancellationToken);
        return descriptor.Digest;
    }

    public Task<ImageConfiguration> ReadConfigurationAsync(ImageReference reference, Platform platform, CancellationToken cancellationToken) =>
        client.ReadConfigurationAsync(reference, platform, Access(reference, null), cancellationToken);

    public IAsyncEnumerable<string> ListTagsAsync(ImageReference repository, long? preferredRegistry, CancellationToken cancellationToken) =>
        client.ListTagsAsync(repository, Access(repository, preferredRegistry), cancellationToken);

    private async Task<ManifestDescriptor> AskAsync(string key, ImageReference reference, long? preferredRegistry)
    {
        try
        {
            return await client.ResolveAsync(reference, Access(reference, preferredRegistry), CancellationToken.None);
        }
        finally
        {
            _underWay.TryRemove(key, out _);
        }
    }

    private RegistryAccess? Access(ImageReference reference, long? preferredRegistry) =>
        registries.For(reference.Registry, preferredRegistry)?.ToAccess();
}
