using Dapper;
using Plimsoll.Candidates;
using Plimsoll.Plumbing;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Decisions.Waiting;

/// <summary>Candidates that wait for their time, over restarts. Of each tag of a stage the newest; of a stage at most fifty.</summary>
internal sealed class WaitingStore(Store store, TimeProvider time)
{
    public const int MostOfStage = 50;

    /// <summary>Fires after each commit that changed what waits.</summary>
    public ChangeSignal Changed { get; } = new();

    /// <summary>All that wait for their time or for a change, those with the earliest time first.</summary>
    public IReadOnlyList<WaitingCandidate> List() => store.Read(connection => connection.Query<WaitingCandidate>(
        "SELECT * FROM waiting_candidates WHERE superseded_by IS NULL ORDER BY look_again_at IS NULL, look_again_at, asked_at").AsList());

    public static IReadOnlyList<WaitingCandidate> OfStage(WriteScope scope, long stageId) =>
        scope.Query<WaitingCandidate>("SELECT * FROM waiting_candidates WHERE stage_id = @stageId ORDER BY asked_at", new { stageId });

    /// <summary>What came later than this very artifact, and waits as well; null: nothing.</summary>
    public static LaterDeployment? Superseder(WriteScope scope, long stageId, Artifact artifact) =>
        scope.QueryFirstOrDefault<string>(
            "SELECT superseded_by FROM waiting_candidates WHERE stage_id = @stageId AND tag = @Tag AND digest = @digest",
            new { stageId, artifact.Tag, digest = artifact.Digest.ToString() }) is { } tag
            ? new LaterDeployment(null, tag)
            : null;

    /// <summary>Takes note of what was decided: who waits, who need not wait any more, and who is out of date by it.</summary>
    /// <param name="replacesOthers">Whether the newest is wanted and no other; false where the highest version is.</param>
    /// <returns>Those that have become out of date just now.</returns>
    public IReadOnlyList<WaitingCandidate> Settle(WriteScope scope, long stageId, Candidate candidate, Decision decision, bool replacesOthers)
    {
        var ofStage = OfStage(scope, stageId);
        var own = ofStage.FirstOrDefault(waiting => waiting.Tag == candidate.Artifact.Tag);
        if (own?.SupersededBy is not null && own.Digest == candidate.Artifact.Digest && decision.Verdict != Verdict.Deploy)
        {
            // Seen again, not asked for again: what came later is still the one.
            return [];
        }

        var now = time.GetUtcNow();
        var waits = decision.Verdict == Verdict.Wait || decision.LookAgainAt is not null;
        if (!waits && own is null && decision.Verdict != Verdict.Deploy)
        {
            return [];
        }

        scope.AfterCommit(Changed.Notify);
        IReadOnlyList<WaitingCandidate> outdated = [];
        if (waits && candidate.Trigger != CandidateTrigger.Manual)
        {
            var isSame = own?.Digest == candidate.Artifact.Digest && own.SupersededBy is null;
            Put(scope, stageId, candidate, decision, isSame ? own!.AskedAt : candidate.AskedAt ?? now, isSame ? own!.WaitingSince : now, now);
            // What has waited before has replaced the others then.
            outdated = replacesOthers && !isSame && decision.Verdict == Verdict.Wait ? Others(ofStage, candidate) : [];
            foreach (var other in outdated)
            {
                scope.Execute("UPDATE waiting_candidates SET superseded_by = @by WHERE stage_id = @stageId AND tag = @Tag", new { stageId, other.Tag, by = candidate.Artifact.Tag });
                scope.Execute("UPDATE waiting_candidates SET superseded_by = @by WHERE stage_id = @stageId AND superseded_by = @Tag", new { stageId, other.Tag, by = candidate.Artifact.Tag });
            }

            Trim(scope, stageId);
            return outdated;
        }

        if (decision.Verdict == Verdict.Deploy && replacesOthers)
        {
            outdated = Others(ofStage, candidate);
            foreach (var other in outdated)
            {
                Remove(scope, stageId, other.Tag);
            }
        }

        Remove(scope, stageId, candidate.Artifact.Tag);
        return outdated;
    }

    /// <summary>Also forgets those that were out of date because of it.</summary>
    public static void Remove(WriteScope scope, long stageId, string tag) => scope.Execute(
        "DELETE FROM waiting_candidates WHERE stage_id = @stageId AND (tag = @tag OR superseded_by = @tag)", new { stageId, tag });

    private static List<WaitingCandidate> Others(IReadOnlyList<WaitingCandidate> ofStage, Candidate candidate) =>
        [.. ofStage.Where(waiting => waiting.SupersededBy is null && waiting.Tag != candidate.Artifact.Tag && (candidate.AskedAt is null || waiting.AskedAt <= candidate.AskedAt))];

    private static void Put(WriteScope scope, long stageId, Candidate candidate, Decision decision, DateTimeOffset askedAt, DateTimeOffset since, DateTimeOffset now) => scope.Execute(
        """
        INSERT INTO waiting_candidates (stage_id, tag, repository, digest, trigger, requested_by, delivery_id, asked_at, reason_code, reason, waiting_since, look_again_at)
        VALUES (@stageId, @Tag, @Repository, @digest, @trigger, @RequestedBy, @DeliveryId, @askedAt, @ReasonCode, @Reason, @since, @lookAgainAt)
        ON CONFLICT (stage_id, tag) DO UPDATE SET
            repository = excluded.repository, digest = excluded.digest, trigger = excluded.trigger, requested_by = excluded.requested_by, delivery_id = excluded.delivery_id,
            asked_at = excluded.asked_at, reason_code = excluded.reason_code, reason = excluded.reason, waiting_since = excluded.waiting_since,
            look_again_at = excluded.look_again_at, superseded_by = NULL
        """,
        new
        {
            stageId, candidate.Artifact.Tag, candidate.Artifact.Repository, digest = candidate.Artifact.Digest.ToString(), trigger = candidate.Trigger.ToString().ToLowerInvariant(),
            candidate.RequestedBy, candidate.DeliveryId, askedAt, decision.ReasonCode, decision.Reason, since,
            // Never at once: whatever is wrong with a rule, it must not be asked without a pause.
            lookAgainAt = decision.LookAgainAt is { } at ? (at > now ? at : now.AddSeconds(1)) : (DateTimeOffset?)null,
        });

    private static void Trim(WriteScope scope, long stageId) => scope.Execute(
        """
        DELETE FROM waiting_candidates WHERE stage_id = @stageId AND tag NOT IN
            (SELECT tag FROM waiting_candidates WHERE stage_id = @stageId ORDER BY superseded_by IS NOT NULL, asked_at DESC, waiting_since DESC LIMIT @MostOfStage)
        """,
        new { stageId, MostOfStage });
}
