using System.Text.Json;
using Dapper;
using Plimsoll.Candidates;
using Plimsoll.Plumbing.Database;
using Plimsoll.Registry;

namespace Plimsoll.Decisions;

/// <summary>Every decision, the "no" as well as the "yes", newest last. The oldest beyond the limit are dropped.</summary>
internal sealed class DecisionStore(Store store, TimeProvider time)
{
    private const int Kept = 20_000;
    private const int TrimEvery = 500;

    public long Add(WriteScope scope, Candidate candidate, StageFacts facts, Decision decision, ImageChanges? changes = null) => Add(scope, new RecordedDecision
    {
        Trigger = candidate.Trigger.ToString().ToLowerInvariant(),
        Repository = candidate.Artifact.Repository,
        Tag = candidate.Artifact.Tag,
        Digest = candidate.Artifact.Digest,
        ProjectId = facts.Project.Id,
        StageId = facts.Stage.Id,
        Project = facts.Project.Name,
        Stage = facts.Stage.Name,
        Verdict = decision.Verdict.ToString().ToLowerInvariant(),
        ReasonCode = decision.ReasonCode,
        Reason = decision.Reason,
        Rules = JsonSerializer.Serialize(decision.Findings, DecisionsJson.Default.IReadOnlyListRuleFinding),
        LookAgainAt = decision.LookAgainAt,
        Changes = changes is null ? null : JsonSerializer.Serialize(changes, DecisionsJson.Default.ImageChanges),
        DeliveryId = candidate.DeliveryId,
        DeploymentId = decision.DeploymentId,
    });

    /// <returns>The number of the decision.</returns>
    public long Add(WriteScope scope, RecordedDecision decision)
    {
        var id = scope.QuerySingle<long>(
            """
            INSERT INTO decisions (at, trigger, repository, tag, digest, project_id, stage_id, project, stage, container, verdict, reason_code, reason, rules, look_again_at, changes, delivery_id, deployment_id)
            VALUES (@At, @Trigger, @Repository, @Tag, @digest, @ProjectId, @StageId, @Project, @Stage, @Container, @Verdict, @ReasonCode, @Reason, @Rules, @LookAgainAt, @Changes, @DeliveryId, @DeploymentId)
            RETURNING id
            """,
            new
            {
                At = time.GetUtcNow(), decision.Trigger, decision.Repository, decision.Tag, digest = decision.Digest?.ToString(), decision.ProjectId,
                decision.StageId, decision.Project, decision.Stage, decision.Container, decision.Verdict, decision.ReasonCode, decision.Reason, decision.Rules, decision.LookAgainAt, decision.Changes, decision.DeliveryId, decision.DeploymentId,
            });
        if (id % TrimEvery == 0)
        {
            scope.Execute("DELETE FROM decisions WHERE id <= @oldest", new { oldest = id - Kept });
        }

        return id;
    }

    public RecordedDecision? Find(long id) => store.Read(connection => connection.QueryFirstOrDefault<RecordedDecision>("SELECT * FROM decisions WHERE id = @id", new { id }));

    /// <summary>The newest about a tag on a stage.</summary>
    public RecordedDecision? NewestOf(long stageId, string tag) => store.Read(connection => connection.QueryFirstOrDefault<RecordedDecision>(
        "SELECT * FROM decisions WHERE stage_id = @stageId AND tag = @tag AND digest IS NOT NULL ORDER BY id DESC LIMIT 1", new { stageId, tag }));

    /// <summary>Of each stage and tag the newest, newest first.</summary>
    /// <param name="tag">Null: whichever.</param>
    public IReadOnlyList<RecordedDecision> Latest(DecisionFilter filter, string? tag, int limit, IReadOnlyCollection<long>? projects) => store.Read(connection => connection.Query<RecordedDecision>(
        """
        SELECT * FROM decisions WHERE id IN (
            SELECT max(id) FROM decisions
            WHERE (@Repository IS NULL OR repository = @Repository) AND (@tag IS NULL OR tag = @tag) AND (@StageId IS NULL OR stage_id = @StageId)
              AND (@ProjectId IS NULL OR project_id = @ProjectId) AND (@Container IS NULL OR container = @Container) AND (@all OR project_id IN @projects)
            GROUP BY coalesce(stage_id, 0), coalesce(container, ''), repository, tag)
        ORDER BY id DESC LIMIT @limit
        """,
        new { filter.Repository, filter.StageId, filter.ProjectId, filter.Container, tag, all = projects is null, projects = projects ?? [], limit }).AsList());

    /// <summary>Newest first, at most 200.</summary>
    /// <param name="before">The number of a decision; only older ones are given.</param>
    /// <param name="projects">Only decisions about these; null: all.</param>
    public IReadOnlyList<RecordedDecision> List(DecisionFilter filter, int limit, long? before = null, IReadOnlyCollection<long>? projects = null) => store.Read(connection =>
        connection.Query<RecordedDecision>(
            """
            SELECT * FROM decisions
            WHERE (@Repository IS NULL OR repository = @Repository) AND (@StageId IS NULL OR stage_id = @StageId) AND (@before IS NULL OR id < @before)
              AND (@ProjectId IS NULL OR project_id = @ProjectId) AND (@Container IS NULL OR container = @Container) AND (@Verdict IS NULL OR verdict = @Verdict)
              AND (@Text IS NULL OR instr(lower(repository || ':' || tag || '@' || coalesce(digest, '') || ' ' || coalesce(project, '') || '/' || coalesce(stage, '') || ' ' || coalesce(container, '') || ' ' || reason_code || ' ' || reason), lower(@Text)) > 0) AND (@all OR project_id IN @projects)
            ORDER BY id DESC LIMIT @limit
            """,
            new { filter.Repository, filter.StageId, filter.ProjectId, filter.Container, filter.Verdict, filter.Text, before, all = projects is null, projects = projects ?? [], limit = Math.Clamp(limit, 1, 200) }).AsList());

    /// <summary>Whether the newest decision about this tag and digest on this stage was the same: a poll must not repeat itself in the record.</summary>
    public static bool SaidBefore(WriteScope scope, long stageId, string tag, Digest digest, string reasonCode) =>
        scope.QueryFirstOrDefault<string>(
            "SELECT reason_code FROM decisions WHERE stage_id = @stageId AND tag = @tag AND digest = @digest ORDER BY id DESC LIMIT 1",
            new { stageId, tag, digest = digest.ToString() }) == reasonCode;

    /// <summary>Puts a decision about a container on record, unless the newest one about it says the same of the same image.</summary>
    public void AddIfNew(WriteScope scope, RecordedDecision decision)
    {
        var last = scope.QueryFirstOrDefault<RecordedDecision>("SELECT * FROM decisions WHERE container = @Container ORDER BY id DESC LIMIT 1", new { decision.Container });
        if (last is null || (last.Verdict, last.ReasonCode, last.Tag, last.Digest) != (decision.Verdict, decision.ReasonCode, decision.Tag, decision.Digest))
        {
            Add(scope, decision);
        }
    }
}
