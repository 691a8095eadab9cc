using Dapper;
using Plimsoll.Candidates;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;

namespace Plimsoll.Decisions.Pending;

/// <summary>What people are asked, and what they answered. The newest 2,000 that are closed are kept, and each answer that still counts.</summary>
internal sealed class PendingStore(Store store, EventLog events, TimeProvider time)
{
    public const int MostOfList = 200;
    private const int Kept = 2_000;
    private const int KeptToldOfStage = 200;

    public PendingDecision? Find(long id) => store.Read(connection =>
        connection.QueryFirstOrDefault<PendingDecision>("SELECT * FROM pending_decisions WHERE id = @id", new { id }));

    /// <summary>The question that a decision stands for: its own, or the one that was open already when the same came again.</summary>
    public static PendingDecision? Find(WriteScope scope, long decisionId) => scope.QueryFirstOrDefault<PendingDecision>(ByDecision, new { id = decisionId });

    /// <inheritdoc cref="Find(WriteScope, long)"/>
    public PendingDecision? OfDecision(long decisionId) => store.Read(connection => connection.QueryFirstOrDefault<PendingDecision>(ByDecision, new { id = decisionId }));

    /// <summary>All that are open, those with the earliest question first.</summary>
    public IReadOnlyList<PendingDecision> Open(long? stageId = null) => store.Read(connection => connection.Query<PendingDecision>(
        "SELECT * FROM pending_decisions WHERE state = 'open' AND (@stageId IS NULL OR stage_id = @stageId) ORDER BY asked_at", new { stageId }).AsList());

    /// <summary>Newest first. Open ones that are snoozed or skipped are not among the open.</summary>
    /// <param name="projects">Only those of these; null: all.</param>
    public IReadOnlyList<PendingDecision> List(PendingState state, long? projectId, IReadOnlyCollection<long>? projects) => store.Read(connection => connection.Query<PendingDecision>(
        """
        SELECT p.* FROM pending_decisions p
        WHERE state = @state AND (@projectId IS NULL OR project_id = @projectId) AND (@all OR project_id IN @projects)
          AND (state <> 'open' OR (
              NOT EXISTS (SELECT 1 FROM snoozes s WHERE s.stage_id = p.stage_id AND s.repository = p.repository AND s.until > @now)
              AND NOT EXISTS (SELECT 1 FROM skipped_versions v WHERE v.stage_id = p.stage_id AND v.repository = p.repository AND (v.digest = p.digest OR (v.whole_tag AND v.tag = p.tag)))))
        ORDER BY coalesce(closed_at, opened_at) DESC, id DESC LIMIT @MostOfList
        """,
        new { state = Name(state), projectId, all = projects is null, projects = projects ?? [], now = time.GetUtcNow(), MostOfList }).AsList());

    /// <summary>An answer to this very artifact that still counts; null: there is none.</summary>
    public static PendingDecision? AnswerTo(WriteScope scope, long stageId, Artifact artifact, PendingState state) => scope.QueryFirstOrDefault<PendingDecision>(
        "SELECT * FROM pending_decisions WHERE stage_id = @stageId AND repository = @Repository AND tag = @Tag AND digest = @digest AND state = @state AND in_effect ORDER BY id DESC LIMIT 1",
        new { stageId, artifact.Repository, artifact.Tag, digest = artifact.Digest.ToString(), state = Name(state) });

    /// <summary>Closes the questions, and ends the answers, that this decision settles.</summary>
    /// <param name="replacesOthers">Whether the newest is wanted and no other; false where the highest version is.</param>
    public void Settle(WriteScope scope, Candidate candidate, StageFacts facts, Decision decision, bool replacesOthers)
    {
        var byPerson = candidate.Trigger == CandidateTrigger.Manual;
        foreach (var row in scope.Query<PendingDecision>("SELECT * FROM pending_decisions WHERE stage_id = @Id AND (state = 'open' OR in_effect)", new { facts.Stage.Id }))
        {
            if (decision.Verdict == Verdict.Deploy)
            {
                Deployed(scope, candidate, decision, row, byPerson, replacesOthers);
            }
            else if (row.Tag == candidate.Artifact.Tag && !byPerson)
            {
                NotDeployed(scope, candidate, decision, row);
            }
        }
    }

    /// <returns>Whether a person has to be asked something that is not open yet.</returns>
    public static bool IsNew(WriteScope scope, Candidate candidate, StageFacts facts, Decision decision) =>
        decision.Verdict == Verdict.Ask && candidate.Trigger != CandidateTrigger.Manual
        && scope.QueryFirstOrDefault<long?>(
            "SELECT id FROM pending_decisions WHERE stage_id = @Id AND tag = @Tag AND digest = @digest AND state = 'open'",
            new { facts.Stage.Id, candidate.Artifact.Tag, digest = candidate.Artifact.Digest.ToString() }) is null;

    /// <param name="decisionId">The decision that asks.</param>
    public void Add(WriteScope scope, long decisionId, Candidate candidate, StageFacts facts, Decision decision)
    {
        scope.Execute(
            """
            INSERT INTO pending_decisions (id, stage_id, project_id, project, stage, repository, tag, digest, trigger, requested_by, delivery_id, asked_at, opened_at, reason_code, reason)
            VALUES (@decisionId, @stageId, @projectId, @project, @stage, @Repository, @Tag, @digest, @trigger, @RequestedBy, @DeliveryId, @askedAt, @now, @ReasonCode, @Reason)
            """,
            new
            {
                decisionId, stageId = facts.Stage.Id, projectId = facts.Project.Id, project = facts.Project.Name, stage = facts.Stage.Name,
                candidate.Artifact.Repository, candidate.Artifact.Tag, digest = candidate.Artifact.Digest.ToString(), trigger = candidate.Trigger.ToString().ToLowerInvariant(),
                candidate.RequestedBy, candidate.DeliveryId, askedAt = candidate.AskedAt ?? time.GetUtcNow(), now = time.GetUtcNow(), decision.ReasonCode, decision.Reason,
            });
        scope.Execute(
            "DELETE FROM pending_decisions WHERE state <> 'open' AND NOT in_effect AND id < (SELECT id FROM pending_decisions ORDER BY id DESC LIMIT 1 OFFSET @Kept)", new { Kept });
    }

    /// <summary>An event for what waits, once for each version and reason.</summary>
    public void Tell(WriteScope scope, Candidate candidate, StageFacts facts, Decision decision)
    {
        if (decision.Verdict is not (Verdict.Ask or Verdict.Wait) || candidate.Trigger == CandidateTrigger.Manual)
        {
            return;
        }

        var (stageId, now) = (facts.Stage.Id, time.GetUtcNow());
        if (scope.Execute(
            "INSERT INTO told_decisions (stage_id, digest, reason_code, told_at) VALUES (@stageId, @digest, @ReasonCode, @now) ON CONFLICT DO NOTHING",
            new { stageId, digest = candidate.Artifact.Digest.ToString(), decision.ReasonCode, now }) == 0)
        {
            return;
        }

        scope.Execute(
            "DELETE FROM told_decisions WHERE stage_id = @stageId AND told_at < (SELECT told_at FROM told_decisions WHERE stage_id = @stageId ORDER BY told_at DESC LIMIT 1 OFFSET @KeptToldOfStage)",
            new { stageId, KeptToldOfStage });
        var (project, stage) = (facts.Project.Name, facts.Stage.Name);
        var what = decision.Verdict == Verdict.Ask ? "waits for a person's word" : "waits for its time";
        events.Append(scope, "decision-waits", $"{candidate.Artifact.Tag} {what} on {project}/{stage}: {decision.Reason}", project, stage);
    }

    /// <summary>What is snoozed may be told again when the quiet is over.</summary>
    public static void ForgetTold(WriteScope scope, long stageId) => scope.Execute("DELETE FROM told_decisions WHERE stage_id = @stageId", new { stageId });

    /// <returns>False: it is not open any more.</returns>
    public bool Answer(WriteScope scope, long id, PendingState state, string who, string? note, bool confirmed) => scope.Execute(
        """
        UPDATE pending_decisions SET state = @state, in_effect = 1, confirmed = @confirmed, answered_by = @who, closed_at = @now, note = @note
        WHERE id = @id AND state = 'open'
        """,
        new { id, state = Name(state), confirmed, who, note, now = time.GetUtcNow() }) == 1;

    public bool IsAhead(DateTimeOffset instant) => instant > time.GetUtcNow();

    public static string Name(PendingState state) => state.ToString().ToLowerInvariant();

    private const string ByDecision =
        """
        SELECT p.* FROM pending_decisions p
        WHERE p.id = @id OR EXISTS (
            SELECT 1 FROM decisions d WHERE d.id = @id AND d.stage_id = p.stage_id AND d.tag = p.tag AND d.digest = p.digest AND p.id < d.id)
        ORDER BY p.id = @id DESC, p.state = 'open' DESC, p.id DESC LIMIT 1
        """;

    private void Deployed(WriteScope scope, Candidate candidate, Decision decision, PendingDecision row, bool byPerson, bool replacesOthers)
    {
        var (tag, digest) = (candidate.Artifact.Tag, candidate.Artifact.Digest);
        if (row.Digest == digest)
        {
            if (row.State == PendingState.Open)
            {
                Close(scope, row.Id, PendingState.Superseded, $"{(byPerson ? candidate.RequestedBy : tag)} {(byPerson ? "had it deployed" : "is deployed by itself by now")} (deployment {decision.DeploymentId}).");
            }
            else
            {
                End(scope, row, row.State == PendingState.Approved ? decision : null);
            }
        }
        else if ((row.Tag == tag && !byPerson) || (replacesOthers && (candidate.AskedAt is null || row.AskedAt <= candidate.AskedAt)))
        {
            if (row.State == PendingState.Open)
            {
                Close(scope, row.Id, PendingState.Superseded, $"{tag} ({digest.Short}) was asked for after it and is deployed (deployment {decision.DeploymentId}). The newest counts.");
            }
            else if (row.State == PendingState.Approved || row.Tag == tag)
            {
                End(scope, row, null);
            }
        }
    }

    private void NotDeployed(WriteScope scope, Candidate candidate, Decision decision, PendingDecision row)
    {
        if (row.Digest != candidate.Artifact.Digest)
        {
            if (row.State == PendingState.Open)
            {
                Close(scope, row.Id, PendingState.Superseded, $"Another image ({candidate.Artifact.Digest.Short}) came in under {row.Tag}.");
            }
            else
            {
                End(scope, row, null);
            }
        }
        else if (row.State == PendingState.Approved)
        {
            // What waits for its time still is approved then.
            scope.Execute(
                "UPDATE pending_decisions SET verdict = @verdict, verdict_code = @ReasonCode, closed_reason = @Reason, in_effect = @stays WHERE id = @Id",
                new { row.Id, verdict = decision.Verdict.ToString().ToLowerInvariant(), decision.ReasonCode, decision.Reason, stays = decision.Verdict != Verdict.Skip || decision.LookAgainAt is not null });
        }
        else if (row.State == PendingState.Open && decision.Verdict == Verdict.Ask)
        {
            scope.Execute("UPDATE pending_decisions SET reason_code = @ReasonCode, reason = @Reason WHERE id = @Id", new { row.Id, decision.ReasonCode, decision.Reason });
        }
        else if (row.State == PendingState.Open && decision.ReasonCode is not (ReasonCode.Snoozed or ReasonCode.VersionSkipped))
        {
            Close(scope, row.Id, PendingState.Expired, decision.Reason);
        }
    }

    private void Close(WriteScope scope, long id, PendingState state, string reason) => scope.Execute(
        "UPDATE pending_decisions SET state = @state, closed_at = @now, closed_reason = @reason WHERE id = @id AND state = 'open'",
        new { id, state = Name(state), now = time.GetUtcNow(), reason });

    /// <param name="outcome">What the approval has led to; null: it led to nothing.</param>
    private static void End(WriteScope scope, PendingDecision row, Decision? outcome) => scope.Execute(
        """
        UPDATE pending_decisions
        SET in_effect = 0, verdict = coalesce(@verdict, verdict), verdict_code = coalesce(@code, verdict_code), closed_reason = coalesce(@reason, closed_reason), deployment_id = coalesce(@deployment, deployment_id)
        WHERE id = @Id
        """,
        new { row.Id, verdict = outcome?.Verdict.ToString().ToLowerInvariant(), code = outcome?.ReasonCode, reason = outcome?.Reason, deployment = outcome?.DeploymentId });
}
