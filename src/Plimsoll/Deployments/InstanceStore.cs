using Dapper;
using Plimsoll.Decisions;
using Plimsoll.Plumbing.Database;
using Plimsoll.Registry;

namespace Plimsoll.Deployments;

/// <summary>Instances in the store. A row exists from before the container is made until after it is gone.</summary>
internal sealed class InstanceStore(Store store, TimeProvider time)
{
    public IReadOnlyList<Instance> All() => store.Read(connection =>
        connection.Query<Row>("SELECT * FROM instances ORDER BY sequence").Select(row => row.ToInstance()).ToList());

    public IReadOnlyList<Instance> OfStage(long stageId) => store.Read(connection =>
        connection.Query<Row>("SELECT * FROM instances WHERE stage_id = @stageId ORDER BY sequence", new { stageId }).Select(row => row.ToInstance()).ToList());

    public Instance? Find(string id) => store.Read(connection =>
        connection.QueryFirstOrDefault<Row>("SELECT * FROM instances WHERE id = @id", new { id })?.ToInstance());

    public static IReadOnlyList<Instance> OfStage(WriteScope scope, long stageId) =>
        [.. scope.Query<Row>("SELECT * FROM instances WHERE stage_id = @stageId ORDER BY sequence", new { stageId }).Select(row => row.ToInstance())];

    public static RunningArtifact? LiveOf(WriteScope scope, long stageId) =>
        OfStage(scope, stageId).FirstOrDefault(instance => instance.Standing == Standing.Live) is { } live
            ? new RunningArtifact(live.Tag, live.Digest)
            : null;

    public void Add(WriteScope scope, Instance instance) => scope.Execute(
        """
        INSERT INTO instances (id, stage_id, container_name, repository, tag, digest, port, standing, created_at, sequence)
        VALUES (@Id, @StageId, @ContainerName, @Repository, @Tag, @digest, @Port, @standing, @now, @Sequence)
        ON CONFLICT (id) DO NOTHING
        """,
        new
        {
            instance.Id, instance.StageId, instance.ContainerName, instance.Repository, instance.Tag, digest = instance.Digest.ToString(), instance.Port,
            standing = Name(instance.Standing), now = time.GetUtcNow(), instance.Sequence,
        });

    public static void SetStanding(WriteScope scope, string id, Standing standing) =>
        scope.Execute("UPDATE instances SET standing = @standing WHERE id = @id", new { id, standing = Name(standing) });

    public static void Remove(WriteScope scope, string id) => scope.Execute("DELETE FROM instances WHERE id = @id", new { id });

    private static string Name(Standing standing) => standing.ToString().ToLowerInvariant();

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public long StageId { get; init; }
        public string ContainerName { get; init; } = "";
        public string Repository { get; init; } = "";
        public string Tag { get; init; } = "";
        public Digest Digest { get; init; }
        public int Port { get; init; }
        public string Standing { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
        public long Sequence { get; init; }

        public Instance ToInstance() => new()
        {
            Id = Id,
            StageId = StageId,
            ContainerName = ContainerName,
            Repository = Repository,
            Tag = Tag,
            Digest = Digest,
            Port = Port,
            Standing = Enum.Parse<Standing>(Standing, ignoreCase: true),
            CreatedAt = CreatedAt,
            Sequence = Sequence,
        };
    }
}
