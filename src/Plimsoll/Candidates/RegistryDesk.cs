using Plimsoll.Apps;
using Plimsoll.Registry;

namespace Plimsoll.Candidates;

/// <summary>
/// Asks registries with the credentials that belong to them. Questions for the same tag that overlap are asked together:
/// ten webhooks at the same moment are two requests at the most. Nobody is given the answer to a question that was on its
/// way before they asked: the tag may have moved since, and their message may be the only one that says so.
/// </summary>
internal sealed class RegistryDesk(RegistryClient client, RegistryStore registries)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Question> _underWay = new(StringComparer.Ordinal);

    /// <param name="preferredRegistry">The registry the project names, whose credentials go first.</param>
    public async Task<Digest> ResolveAsync(ImageReference reference, long? preferredRegistry, CancellationToken cancellationToken)
    {
        if (reference.Digest is { } pinned)
        {
            return pinned;
        }

        var key = $"{preferredRegistry}|{reference}";
        // The shared request is not tied to one caller's token: the client's own time limit bounds it.
        var descriptor = await Ask(key, reference, preferredRegistry).WaitAsync(cancellationToken);
        return descriptor.Digest;
    }

    public Task<ImageConfiguration> ReadConfigurationAsync(ImageReference reference, Platform platform, CancellationToken cancellationToken) =>
        ReadConfigurationAsync(reference, platform, null, cancellationToken);

    public Task<ImageConfiguration> ReadConfigurationAsync(ImageReference reference, Platform platform, long? preferredRegistry, CancellationToken cancellationToken) =>
        client.ReadConfigurationAsync(reference, platform, Access(reference, preferredRegistry), cancellationToken);

    public IAsyncEnumerable<string> ListTagsAsync(ImageReference repository, long? preferredRegistry, CancellationToken cancellationToken) =>
        client.ListTagsAsync(repository, Access(repository, preferredRegistry), cancellationToken);

    private Task<ManifestDescriptor> Ask(string key, ImageReference reference, long? preferredRegistry)
    {
        lock (_gate)
        {
            if (_underWay.TryGetValue(key, out var question))
            {
                return question.Next ??= AskAfterAsync(question.Sent, key, question, reference, preferredRegistry);
            }

            question = new Question();
            _underWay.Add(key, question);
            return question.Sent = AskAsync(key, question, reference, preferredRegistry);
        }
    }

    private async Task<ManifestDescriptor> AskAfterAsync(Task sent, string key, Question question, ImageReference reference, long? preferredRegistry)
    {
        // How the first one ended is the business of those who asked it.
        await sent.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_gate)
        {
            (question.Sent, question.Next) = (question.Next!, null);
        }

        return await AskAsync(key, question, reference, preferredRegistry);
    }

    private async Task<ManifestDescriptor> AskAsync(string key, Question question, ImageReference reference, long? preferredRegistry)
    {
        await Task.Yield();
        try
        {
            return await client.ResolveAsync(reference, Access(reference, preferredRegistry), CancellationToken.None);
        }
        finally
        {
            lock (_gate)
            {
                if (question.Next is null)
                {
                    _underWay.Remove(key);
                }
            }
        }
    }

    private RegistryAccess? Access(ImageReference reference, long? preferredRegistry) =>
        registries.For(reference.Registry, preferredRegistry)?.ToAccess();

    /// <summary>The request that is on its way, and the one that goes out when it is back.</summary>
    private sealed class Question
    {
        public Task<ManifestDescriptor> Sent { get; set; } = null!;

        public Task<ManifestDescriptor>? Next { get; set; }
    }
}
