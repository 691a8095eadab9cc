using Plimsoll.Apps;
using Plimsoll.Candidates;
using Plimsoll.Candidates.Images;
using Plimsoll.Registry;

namespace Plimsoll.Inventory.Containers;

/// <summary>The registries, as containers ask them.</summary>
internal sealed class ContainerRegistries(RegistryDesk registry, ProjectStore projects, CandidateImages images)
{
    /// <summary>For one look, however many containers it is at.</summary>
    public RemoteImages Open(Freshness freshness) => new(registry, Preferred, freshness);

    /// <summary>Reads what images say of themselves, once for each digest.</summary>
    public Task ReadAsync(string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken) =>
        images.ReadAsync(digests.Select(digest => (repository, digest, Preferred(repository))), cancellationToken);

    /// <summary>As the scan for the stages asks: what it was told is not asked a second time.</summary>
    private long? Preferred(string repository) => projects.ByRepository(repository).Select(project => project.RegistryId).FirstOrDefault(id => id is not null);
}
