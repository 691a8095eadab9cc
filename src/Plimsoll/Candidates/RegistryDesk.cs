using System.Runtime.CompilerServices;
using Plimsoll.Apps.Credentials;
using Plimsoll.Registry;

namespace Plimsoll.Candidates;

/// <summary>
/// Asks registries with the credentials that belong to them. Questions for the same tag that overlap are asked together:
/// ten webhooks at the same moment are two requests at the most. Nobody is given the answer to a question that was on its
/// way before they asked: the tag may have moved since, and their message may be the only one that says so. Only polls make do with
/// less, see <see cref="Freshness"/>.
/// </summary>
internal sealed class RegistryDesk(RegistryClient client, RegistryCredentials credentials, RecentAnswers recent)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Question> _underWay = new(StringComparer.Ordinal);

    /// <summary>For whoever wants to know how it is now.</summary>
    public Task<Digest> ResolveAsync(ImageReference reference, long? preferredRegistry, CancellationToken cancellationToken) =>
        ResolveAsync(reference, preferredRegistry, Freshness.Now, cancellationToken);

    /// <param name="preferredRegistry">The registry the project names, whose credentials go first.</param>
    public async Task<Digest> ResolveAsync(ImageReference reference, long? preferredRegistry, Freshness freshness, CancellationToken cancellationToken)
    {
        if (reference.Digest is { } pinned)
        {
            return pinned;
        }

        var key = $"{preferredRegistry}|{reference}";
        if (freshness == Freshness.Poll && recent.Find(key) is { } known)
        {
            return known.Digest;
        }

        // The shared request is not tied to one caller's token: the client's own time limit bounds it.
        var descriptor = await Ask(key, reference, preferredRegistry, freshness).WaitAsync(cancellationToken);
        return descriptor.Digest;
    }

    /// <summary>Reads manifests, which some registries count as pulls. A poll that would use up the last ones is refused.</summary>
    public Task<ImageConfiguration> ReadConfigurationAsync(ImageReference reference, Platform platform, CancellationToken cancellationToken, Freshness freshness = Freshness.Now) =>
        ReadConfigurationAsync(reference, platform, null, cancellationToken, freshness);

    /// <inheritdoc cref="ReadConfigurationAsync(ImageReference, Platform, CancellationToken, Freshness)"/>
    public async Task<ImageConfiguration> ReadConfigurationAsync(
        ImageReference reference, Platform platform, long? preferredRegistry, CancellationToken cancellationToken, Freshness freshness = Freshness.Now) =>
        await client.ReadConfigurationAsync(reference, platform, await AccessAsync(reference, preferredRegistry, freshness, cancellationToken), cancellationToken);

    /// <summary>Only polls list tags.</summary>
    public async IAsyncEnumerable<string> ListTagsAsync(
        ImageReference repository, long? preferredRegistry, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var access = await AccessAsync(repository, preferredRegistry, Freshness.Poll, cancellationToken);
        await foreach (var tag in client.ListTagsAsync(repository, access, cancellationToken))
        {
            yield return tag;
        }
    }

    private Task<ManifestDescriptor> Ask(string key, ImageReference reference, long? preferredRegistry, Freshness freshness)
    {
        lock (_gate)
        {
            if (_underWay.TryGetValue(key, out var question))
            {
                return freshness == Freshness.Poll
                    ? question.Sent
                    : question.Next ??= AskAfterAsync(question.Sent, key, question, reference, preferredRegistry);
            }

            question = new Question();
            _underWay.Add(key, question);
            return question.Sent = AskAsync(key, question, reference, preferredRegistry, freshness);
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

        return await AskAsync(key, question, reference, preferredRegistry, Freshness.Now);
    }

    private async Task<ManifestDescriptor> AskAsync(string key, Question question, ImageReference reference, long? preferredRegistry, Freshness freshness)
    {
        await Task.Yield();
        try
        {
            var access = await AccessAsync(reference, preferredRegistry, freshness, CancellationToken.None);
            var answer = await client.ResolveAsync(reference, access, CancellationToken.None);
            recent.Keep(key, answer);
            return answer;
        }
        catch (RegistryException problem)
        {
            recent.Keep(key, problem);
            throw;
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

    private async Task<RegistryAccess> AccessAsync(ImageReference reference, long? preferredRegistry, Freshness freshness, CancellationToken cancellationToken)
    {
        try
        {
            return await credentials.AccessAsync(reference.Registry, preferredRegistry, cancellationToken) with { IsPoll = freshness == Freshness.Poll };
        }
        catch (RegistryException problem)
        {
            // It speaks of the registry; whoever asked wants to read of their image.
            throw RegistryException.BeforeAsking(problem.Failure, reference.ToString(), problem.Message, problem.IsTransient, problem);
        }
    }

    /// <summary>The request that is on its way, and the one that goes out when it is back.</summary>
    private sealed class Question
    {
        public Task<ManifestDescriptor> Sent { get; set; } = null!;

        public Task<ManifestDescriptor>? Next { get; set; }
    }
}
