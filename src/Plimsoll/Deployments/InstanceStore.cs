using Dapper;
using Plimsoll.Decisions;
using Plimsoll.Deployments.ByHand;
using Plimsoll.Plumbing;
using Plimsoll.Plumbing.Database;
using Plimsoll.Registry;

namespace Plimsoll.Deployments;

/// <summary>Instances in the store. A row exists from before the container is made until after it is gone.</summary>
internal sealed class InstanceStore(Store store, TimeProvider time)
{
    /// <summary>Fires after each commit that changed what a person wants of an instance, or took one away.</summary>
    public ChangeSignal Changed { get; } = new();

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
            ? new RunningArtifact(live.Tag, live.Digest, TroubleOf(live))
            : null;

    /// <summary>Notes that an instance does not run though it should; null: it does again.</summary>
    public static void SetTrouble(WriteScope scope, string id, string? trouble) =>
        scope.Execute("UPDATE instances SET trouble = @trouble WHERE id = @id", new { id, trouble });

    private static string? TroubleOf(Instance live) => live.Wish switch
    {
        Wish.None => live.Trouble ?? (live.WishReason is { } why ? $"{live.Tag} could not do what a person wanted: {why}" : null),
        Wish.Stopped => live.WishReason is { } why ? $"{live.Tag} does not run: {why}" : $"{live.Tag} was stopped by a person.",
        _ => $"a person wants {live.Tag} stopped, restarted or removed, and it is not done yet.",
    };

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

    /// <summary>Moves from one wish to another; with the move to <see cref="Wish.Removing"/> the instance retires.</summary>
    /// <returns>False: it is gone, or a person wants something else meanwhile.</returns>
    public bool Move(WriteScope scope, string id, Wish from, Wish to, string? reason = null)
    {
        var rows = scope.Execute(
            "UPDATE instances SET wish = @to, wish_reason = @reason, trouble = NULL WHERE id = @id AND wish IS @from", new { id, from = Name(from), to = Name(to), reason });
        if (rows == 1 && to == Wish.Removing)
        {
            SetStanding(scope, id, Standing.Retiring);
        }

        scope.AfterCommit(Changed.Notify);
        return rows == 1;
    }

    /// <summary>Stages on which something that a person wants is still to be done.</summary>
    public IReadOnlyList<long> StagesWithWishes() => store.Read(connection => connection.Query<long>(
        "SELECT DISTINCT stage_id FROM instances WHERE wish IS NOT NULL AND wish <> 'stopped' UNION SELECT id FROM stages WHERE deleting").AsList());

    /// <summary>Forgets an instance whose container goes on running. It is on record, so that no sweep takes it for a leftover.</summary>
    public void Release(WriteScope scope, Instance instance, string project, string stage)
    {
        scope.Execute(
            "INSERT INTO released_instances (id, container_name, project, stage, released_at) VALUES (@Id, @ContainerName, @project, @stage, @now) ON CONFLICT (id) DO NOTHING",
            new { instance.Id, instance.ContainerName, project, stage, now = time.GetUtcNow() });
        Remove(scope, instance.Id);
    }

    public IReadOnlyCollection<string> Released() => store.Read(connection => connection.Query<string>("SELECT id FROM released_instances").ToHashSet(StringComparer.Ordinal));

    public static void Remove(WriteScope scope, string id) => scope.Execute("DELETE FROM instances WHERE id = @id", new { id });

    private static string? Name(Wish wish) => wish == Wish.None ? null : wish.ToString().ToLowerInvariant();

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
        public string? Wish { get; init; }
        public string? WishReason { get; init; }
        public string? Trouble { get; init; }
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
            Wish = Wish is null ? ByHand.Wish.None : Enum.Parse<Wish>(Wish, ignoreCase: true),
            WishReason = WishReason,
            Trouble = Trouble,
            CreatedAt = CreatedAt,
            Sequence = Sequence,
        };
    }
}
