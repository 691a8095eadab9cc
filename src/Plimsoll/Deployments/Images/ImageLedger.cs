using Dapper;
using Plimsoll.Plumbing.Database;
using Plimsoll.Registry;

namespace Plimsoll.Deployments.Images;

/// <summary>What the store knows of images: every deployment named one.</summary>
internal sealed class ImageLedger(Store store, InstanceStore instances)
{
    public IReadOnlyList<DeployedImage> Deployed() => store.Read(connection =>
        connection.Query<Row>("SELECT stage_id, repository, digest, state, sequence FROM deployments").Select(row => row.ToDeployed()).ToList());

    public IReadOnlyCollection<ImageName> OfInstances() =>
        [.. instances.All().Select(instance => new ImageName(instance.Repository, instance.Digest))];

    private sealed class Row
    {
        public long StageId { get; init; }
        public string Repository { get; init; } = "";
        public Digest Digest { get; init; }
        public string State { get; init; } = "";
        public long Sequence { get; init; }

        public DeployedImage ToDeployed() => new(StageId, new ImageName(Repository, Digest), DeploymentTransitions.Parse(State), Sequence);
    }
}
