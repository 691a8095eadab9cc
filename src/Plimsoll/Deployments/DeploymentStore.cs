using Dapper;
using Plimsoll.Candidates;
using Plimsoll.Decisions;
using Plimsoll.Plumbing;
using Plimsoll.Plumbing.Database;
using Plimsoll.Registry;

namespace Plimsoll.Deployments;

/// <summary>The journal. The only writer of a deployment's state, and only along <see cref="DeploymentTransitions"/>.</summary>
internal sealed class DeploymentStore(Store store, TimeProvider time)
{
    public const int MostStepsPerRead = 1_000;
    private const int LongestText = 2_000;

    /// <summary>Fires after each commit that changed a deployment or added to its log.</summary>
    public ChangeSignal Changed { get; } = new();

    public Deployment? Find(string id) => store.Read(connection =>
        connection.QueryFirstOrDefault<DeploymentRow>("SELECT * FROM deployments WHERE id = @id", new { id })?.ToDeployment());

    /// <summary>The one that is under way, or else the newest that is queued.</summary>
    public Deployment? NextOf(long stageId) => store.Read(connection =>
        connection.QueryFirstOrDefault<DeploymentRow>(
            "SELECT * FROM deployments WHERE stage_id = @stageId AND finished_at IS NULL ORDER BY state = 'queued', sequence DESC LIMIT 1",
            new { stageId })?.ToDeployment());

    public IReadOnlyList<long> StagesWithWork() => store.Read(connection =>
        connection.Query<long>("SELECT DISTINCT stage_id FROM deployments WHERE finished_at IS NULL ORDER BY stage_id").AsList());

    /// <summary>The newest deployment of each stage, in one question.</summary>
    /// <param name="projectId">Null: of all projects.</param>
    public IReadOnlyDictionary<long, Deployment> NewestOfStages(long? projectId) => store.Read(connection =>
        connection.Query<DeploymentRow>(
            """
            SELECT d.* FROM stages s JOIN deployments d ON d.sequence = (SELECT max(sequence) FROM deployments WHERE stage_id = s.id)
            WHERE @projectId IS NULL OR s.project_id = @projectId
            """,
            new { projectId }).Select(row => row.ToDeployment()).ToDictionary(deployment => deployment.StageId));

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Deployment> List(long? stageId, long? projectId, long? beforeSequence, int limit, IReadOnlyCollection<long>? onlyProjects = null, DeploymentState? state = null, string? text = null) => store.Read(connection =>
        connection.Query<DeploymentRow>(
            """
            SELECT d.* FROM deployments d JOIN stages s ON s.id = d.stage_id JOIN projects p ON p.id = s.project_id
            WHERE (@stageId IS NULL OR d.stage_id = @stageId)
              AND (@projectId IS NULL OR s.project_id = @projectId)
              AND (@beforeSequence IS NULL OR d.sequence < @beforeSequence)
              AND (@all OR s.project_id IN @onlyProjects)
              AND (@state IS NULL OR d.state = @state)
              AND (@text IS NULL OR instr(lower(d.id || ' ' || p.name || '/' || s.name || ' ' || d.repository || ':' || d.tag || '@' || d.digest || ' ' || d.requested_by || ' ' || coalesce(d.reason, '')), lower(@text)) > 0)
            ORDER BY d.sequence DESC LIMIT @limit
            """,
            new { state = state is { } wanted ? DeploymentTransitions.Name(wanted) : null, text, stageId, projectId, beforeSequence, limit, all = onlyProjects is null, onlyProjects = onlyProjects ?? [] }).Select(row => row.ToDeployment()).ToList());

    public static IReadOnlyList<Deployment> UnfinishedOf(WriteScope scope, long stageId) =>
        [.. scope.Query<DeploymentRow>("SELECT * FROM deployments WHERE stage_id = @stageId AND finished_at IS NULL ORDER BY sequence", new { stageId }).Select(row => row.ToDeployment())];

    /// <summary>The newest wish of the stage, if it is younger than that.</summary>
    public static LaterDeployment? AskedAfter(WriteScope scope, long stageId, DateTimeOffset instant) =>
        scope.QueryFirstOrDefault<LaterDeployment>(
            "SELECT id, tag FROM deployments WHERE stage_id = @stageId AND asked_at > @instant ORDER BY asked_at DESC LIMIT 1", new { stageId, instant });

    /// <summary>The newest deployment of a digest that was live on the stage, unless it is what is live.</summary>
    public static string? LeftOf(WriteScope scope, long stageId, Digest digest) => scope.QueryFirstOrDefault<string>(
        """
        SELECT id FROM deployments d
        WHERE d.stage_id = @stageId AND d.digest = @digest AND d.state = 'succeeded'
          AND EXISTS (SELECT 1 FROM instances i WHERE i.stage_id = @stageId AND i.standing = 'live' AND i.digest <> @digest)
        ORDER BY d.sequence DESC LIMIT 1
        """,
        new { stageId, digest = digest.ToString() });

    /// <summary>Adds a queued deployment and ends the older queued ones of the stage: the newest artifact is the one wanted.</summary>
    public string Enqueue(WriteScope scope, long stageId, Artifact artifact, CandidateTrigger trigger, string requestedBy, string? rollbackOf = null, DateTimeOffset? askedAt = null, string? changes = null)
    {
        var id = ShortId.New();
        foreach (var older in UnfinishedOf(scope, stageId).Where(other => other.State == DeploymentState.Queued))
        {
            Advance(scope, older, DeploymentState.Superseded, $"{artifact.Tag} came in before it began (deployment {id}).", DeploymentReason.Superseded);
        }

        var now = time.GetUtcNow();
        scope.Execute(
            """
            INSERT INTO deployments (id, stage_id, repository, tag, digest, trigger, requested_by, state, queued_at, asked_at, rollback_of, changes, snapshot_sealed)
            VALUES (@id, @stageId, @Repository, @Tag, @digest, @trigger, @requestedBy, 'queued', @now, @askedAt, @rollbackOf, @changes,
                    (SELECT snapshot_sealed FROM deployments WHERE id = @rollbackOf))
            """,
            new { rollbackOf, changes, id, stageId, artifact.Repository, artifact.Tag, digest = artifact.Digest.ToString(), trigger = trigger.ToString().ToLowerInvariant(), requestedBy, now, askedAt = askedAt ?? now });
        AddStep(scope, id, DeploymentState.Queued, $"{artifact} was queued, asked for by {requestedBy}.");
        if (changes is not null)
        {
            AddStep(scope, id, DeploymentState.Queued, changes);
        }

        return id;
    }

    /// <summary>Moves to another state. Everything else that must change with it belongs into the same scope.</summary>
    /// <exception cref="StaleDeploymentException">The deployment is not what the caller thinks it is.</exception>
    public Deployment Advance(WriteScope scope, Deployment deployment, DeploymentState to, string text, string? reasonCode = null, DateTimeOffset? deadline = null)
    {
        if (!DeploymentTransitions.Next(deployment.State).Contains(to))
        {
            throw new InvalidOperationException($"A deployment that is {DeploymentTransitions.Name(deployment.State)} cannot become {DeploymentTransitions.Name(to)}.");
        }

        var now = time.GetUtcNow();
        var changed = deployment with
        {
            State = to,
            Version = deployment.Version + 1,
            StateDeadline = deadline,
            ReasonCode = reasonCode ?? deployment.ReasonCode,
            Reason = reasonCode is null ? deployment.Reason : Short(text),
            StartedAt = deployment.StartedAt ?? (to == DeploymentState.Pulling ? now : null),
            FinishedAt = DeploymentTransitions.IsTerminal(to) ? now : null,
        };
        Save(scope, deployment, changed);
        AddStep(scope, deployment.Id, to, text);
        return changed;
    }

    /// <summary>Asks the deployment's own loop to stop it. Does not touch the version: the loop must be able to go on meanwhile.</summary>
    /// <returns>False when it is over already, or cannot be stopped any more. Asked of the present state: it may have moved since the caller looked.</returns>
    public bool RequestCancel(WriteScope scope, string id, string who)
    {
        var deployment = scope.QueryFirstOrDefault<DeploymentRow>("SELECT * FROM deployments WHERE id = @id", new { id })?.ToDeployment();
        if (deployment is null || !DeploymentTransitions.Next(deployment.State).Contains(DeploymentState.RollingBack))
        {
            return false;
        }

        var rows = scope.Execute(
            "UPDATE deployments SET cancel_requested_by = @who WHERE id = @id AND cancel_requested_by IS NULL", new { who, id });
        if (rows == 1)
        {
            AddStep(scope, deployment.Id, deployment.State, $"{who} asks to stop it.");
        }

        return true;
    }

    public Deployment RecordSwitch(WriteScope scope, Deployment deployment, string? previousInstanceId, DateTimeOffset watchUntil)
    {
        var changed = deployment with { PreviousInstanceId = previousInstanceId, StateDeadline = watchUntil, Version = deployment.Version + 1 };
        Save(scope, deployment, changed);
        return changed;
    }

    public Deployment CountStart(WriteScope scope, Deployment deployment)
    {
        var changed = deployment with { Starts = deployment.Starts + 1, Version = deployment.Version + 1 };
        Save(scope, deployment, changed);
        return changed;
    }

    /// <summary>Adds a line to the deployment's log without moving it.</summary>
    public void AddStep(WriteScope scope, string deploymentId, DeploymentState state, string text)
    {
        scope.Execute(
            "INSERT INTO deployment_steps (deployment_id, at, state, text) VALUES (@deploymentId, @now, @state, @text)",
            new { deploymentId, now = time.GetUtcNow(), state = DeploymentTransitions.Name(state), text = Short(text) });
        scope.AfterCommit(Changed.Notify);
    }

    public IReadOnlyList<RecordedStep> StepsAfter(string deploymentId, long stepId) => store.Read(connection =>
        connection.Query<RecordedStep>(
            "SELECT id, at, state, text FROM deployment_steps WHERE deployment_id = @deploymentId AND id > @stepId ORDER BY id LIMIT @MostStepsPerRead",
            new { deploymentId, stepId, MostStepsPerRead }).AsList());

    /// <summary>Steps of all deployments after an id, for whoever follows everything; oldest first.</summary>
    public IReadOnlyList<TracedStep> StepsAfter(long stepId) => store.Read(connection =>
        connection.Query<TracedStep>(
            """
            SELECT t.id, t.at, t.state, t.text, t.deployment_id, s.name AS stage, p.name AS project
            FROM deployment_steps t JOIN deployments d ON d.id = t.deployment_id JOIN stages s ON s.id = d.stage_id JOIN projects p ON p.id = s.project_id
            WHERE t.id > @stepId ORDER BY t.id LIMIT @MostStepsPerRead
            """,
            new { stepId, MostStepsPerRead }).AsList());

    public long LastStepId() => store.Read(connection => connection.QuerySingle<long>("SELECT coalesce(max(id), 0) FROM deployment_steps"));

    private static void Save(WriteScope scope, Deployment from, Deployment to)
    {
        var rows = scope.Execute(
            """
            UPDATE deployments
            SET state = @State, version = @Version, starts = @Starts, state_deadline = @StateDeadline, reason_code = @ReasonCode,
                reason = @Reason, started_at = @StartedAt, finished_at = @FinishedAt, deadline = @Deadline,
                previous_instance_id = @PreviousInstanceId, snapshot_sealed = @SnapshotSealed
            WHERE id = @Id AND version = @fromVersion AND state = @fromState
            """,
            new
            {
                State = DeploymentTransitions.Name(to.State), to.Version, to.Starts, to.StateDeadline, to.Deadline, to.PreviousInstanceId, to.SnapshotSealed, to.ReasonCode, to.Reason, to.StartedAt, to.FinishedAt,
                to.Id, fromVersion = from.Version, fromState = DeploymentTransitions.Name(from.State),
            });
        if (rows != 1)
        {
            throw new StaleDeploymentException(from.Id, from.State, to.State);
        }
    }

    private static string Short(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";
}
