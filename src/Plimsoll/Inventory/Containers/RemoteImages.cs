using System.Collections.Concurrent;
using Plimsoll.Apps.Policies;
using Plimsoll.Candidates;
using Plimsoll.Registry;

namespace Plimsoll.Inventory.Containers;

/// <summary>What the registries have now, asked once for each image and once for each list of tags, however many containers want to know. Lives for one scan.</summary>
/// <param name="preferred">The registry that a project of the repository names: the answer that its stages got moments ago counts then.</param>
internal sealed class RemoteImages(RegistryDesk registry, Func<string, long?> preferred, Freshness freshness)
{
    private const int MostVersions = 50_000;

    private readonly ConcurrentDictionary<string, Lazy<Task<RemoteLook>>> _digests = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<string>>>> _versions = new(StringComparer.Ordinal);

    public async Task<RemoteLook> LookAsync(ImageReference reference, PolicyLabels labels, CancellationToken cancellationToken)
    {
        var tag = reference.Tag ?? "latest";
        var repository = reference.WithTag(tag);
        try
        {
            if (labels.FollowsVersions)
            {
                var versions = await _versions.GetOrAdd(repository.Name, _ => new(() => ListAsync(repository, cancellationToken))).Value;
                tag = NewestVersion.Of(versions, PolicyRules.Of(labels.Policy), tag) ?? tag;
            }

            return await _digests.GetOrAdd(repository.WithTag(tag).ToString(), _ => new(() => ResolveAsync(repository.WithTag(tag), cancellationToken))).Value;
        }
        catch (RegistryException problem)
        {
            return new RemoteLook(tag, null, problem.Message, RegistryRefusals.Code(problem));
        }
    }

    private async Task<RemoteLook> ResolveAsync(ImageReference reference, CancellationToken cancellationToken) =>
        new(reference.Tag, await registry.ResolveAsync(reference, preferred(reference.Name), freshness, cancellationToken));

    private async Task<IReadOnlyList<string>> ListAsync(ImageReference repository, CancellationToken cancellationToken)
    {
        var versions = new List<string>();
        await foreach (var tag in registry.ListTagsAsync(repository, preferred(repository.Name), cancellationToken))
        {
            if (TagVersion.TryParse(tag, out _) && versions.Count < MostVersions)
            {
                versions.Add(tag);
            }
        }

        return versions;
    }
}
