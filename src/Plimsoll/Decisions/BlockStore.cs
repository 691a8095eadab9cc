using Dapper;
using Plimsoll.Plumbing.Database;
using Plimsoll.Registry;

namespace Plimsoll.Decisions;

/// <summary>Digests that were rolled back and must not come again by themselves (invariant 4).</summary>
internal sealed class BlockStore(Store store, TimeProvider time)
{
    public static BlockedDigest? Find(WriteScope scope, long stageId, Digest digest) =>
        scope.QueryFirstOrDefault<Row>("SELECT * FROM blocked_digests WHERE stage_id = @stageId AND digest = @digest", new { stageId, digest = digest.ToString() })?.ToBlock();

    public IReadOnlyList<StoredBlock> List() => store.Read(connection => connection.Query<StoredBlock>(
        "SELECT * FROM blocked_digests ORDER BY blocked_at DESC").AsList());

    public void Add(WriteScope scope, long stageId, string repository, BlockedDigest block, string reasonCode) => scope.Execute(
        """
        INSERT INTO blocked_digests (stage_id, digest, repository, tag, reason_code, reason, deployment_id, blocked_at)
        VALUES (@stageId, @digest, @repository, @Tag, @reasonCode, @Reason, @DeploymentId, @now)
        ON CONFLICT (stage_id, digest) DO UPDATE SET reason_code = excluded.reason_code, reason = excluded.reason, deployment_id = excluded.deployment_id, blocked_at = excluded.blocked_at
        """,
        new { stageId, digest = block.Digest.ToString(), repository, block.Tag, reasonCode, block.Reason, block.DeploymentId, now = time.GetUtcNow() });

    /// <summary>Another digest appeared under the tag: whoever pushed it has moved on, so the old block is history.</summary>
    public static int ForgetOthersUnderTag(WriteScope scope, long stageId, string tag, Digest digest) => scope.Execute(
        "DELETE FROM blocked_digests WHERE stage_id = @stageId AND tag = @tag AND digest <> @digest", new { stageId, tag, digest = digest.ToString() });

    /// <param name="digest">Null: all of the stage.</param>
    /// <returns>How many were lifted.</returns>
    public static int Lift(WriteScope scope, long stageId, Digest? digest) => scope.Execute(
        "DELETE FROM blocked_digests WHERE stage_id = @stageId AND (@digest IS NULL OR digest = @digest)", new { stageId, digest = digest?.ToString() });

    private sealed class Row
    {
        public Digest Digest { get; init; }
        public string Tag { get; init; } = "";
        public string Reason { get; init; } = "";
        public string DeploymentId { get; init; } = "";

        public BlockedDigest ToBlock() => new(Digest, Tag, Reason, DeploymentId);
    }
}
