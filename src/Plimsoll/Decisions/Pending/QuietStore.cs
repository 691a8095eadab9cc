using Dapper;
using Plimsoll.Candidates;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Decisions.Pending;

/// <summary>Snoozes and skipped versions.</summary>
internal sealed class QuietStore(Store store, TimeProvider time)
{
    private const int MostOfList = 200;
    private const string Places = "LEFT JOIN stages s ON s.id = q.stage_id LEFT JOIN projects p ON p.id = s.project_id";

    /// <summary>The snooze of a stage, also one that is over.</summary>
    public static Snooze? SnoozeOf(WriteScope scope, long stageId, string repository) => SnoozeOf(scope, stageId, null, repository);

    /// <summary>The snooze of a container, also one that is over.</summary>
    public static Snooze? SnoozeOf(WriteScope scope, string container, string repository) => SnoozeOf(scope, null, container, repository);

    public static SkippedVersion? SkipOf(WriteScope scope, long stageId, Artifact artifact) => SkipOf(scope, stageId, null, artifact);

    public static SkippedVersion? SkipOf(WriteScope scope, string container, Artifact artifact) => SkipOf(scope, null, container, artifact);

    public IReadOnlyList<Quiet> Snoozes(long? projectId, IReadOnlyCollection<long>? projects) => List("snoozes", "q.until > @now", projectId, projects);

    public IReadOnlyList<Quiet> Skips(long? projectId, IReadOnlyCollection<long>? projects) => List("skipped_versions", "1", projectId, projects);

    public void Snooze(WriteScope scope, RecordedDecision about, DateTimeOffset until, string who)
    {
        EndSnooze(scope, about);
        scope.Execute(
            """
            INSERT INTO snoozes (stage_id, container, repository, decision_id, tag, digest, reason, until, said_by, said_at)
            VALUES (@StageId, @Container, @Repository, @Id, @Tag, @digest, @Reason, @until, @who, @now)
            """,
            new { about.StageId, about.Container, about.Repository, about.Id, about.Tag, digest = about.Digest?.ToString() ?? "", about.Reason, until, who, now = time.GetUtcNow() });
    }

    public static bool EndSnooze(WriteScope scope, RecordedDecision about) => scope.Execute(
        "DELETE FROM snoozes WHERE stage_id IS @StageId AND container IS @Container AND repository = @Repository", new { about.StageId, about.Container, about.Repository }) > 0;

    /// <param name="wholeTag">Whatever comes under the tag, not only this digest.</param>
    public void Skip(WriteScope scope, RecordedDecision about, bool wholeTag, string who)
    {
        var digest = about.Digest?.ToString() ?? "";
        scope.Execute(
            "DELETE FROM skipped_versions WHERE stage_id IS @StageId AND container IS @Container AND repository = @Repository AND tag = @Tag AND digest = @digest",
            new { about.StageId, about.Container, about.Repository, about.Tag, digest });
        scope.Execute(
            """
            INSERT INTO skipped_versions (stage_id, container, repository, decision_id, tag, digest, whole_tag, reason, said_by, said_at)
            VALUES (@StageId, @Container, @Repository, @Id, @Tag, @digest, @wholeTag, @Reason, @who, @now)
            """,
            new { about.StageId, about.Container, about.Repository, about.Id, about.Tag, digest, wholeTag, about.Reason, who, now = time.GetUtcNow() });
    }

    public static bool EndSkip(WriteScope scope, RecordedDecision about) => scope.Execute(
        "DELETE FROM skipped_versions WHERE stage_id IS @StageId AND container IS @Container AND repository = @Repository AND (digest = @digest OR (whole_tag AND tag = @Tag))",
        new { about.StageId, about.Container, about.Repository, about.Tag, digest = about.Digest?.ToString() ?? "" }) > 0;

    private static Snooze? SnoozeOf(WriteScope scope, long? stageId, string? container, string repository) => scope.QueryFirstOrDefault<Quiet>(
        "SELECT * FROM snoozes WHERE stage_id IS @stageId AND container IS @container AND repository = @repository", new { stageId, container, repository }) is { Until: { } until } snooze
        ? new Snooze(until, snooze.SaidBy)
        : null;

    private static SkippedVersion? SkipOf(WriteScope scope, long? stageId, string? container, Artifact artifact) => scope.QueryFirstOrDefault<string>(
        """
        SELECT said_by FROM skipped_versions
        WHERE stage_id IS @stageId AND container IS @container AND repository = @Repository AND (digest = @digest OR (whole_tag AND tag = @Tag)) ORDER BY id DESC LIMIT 1
        """,
        new { stageId, container, artifact.Repository, artifact.Tag, digest = artifact.Digest.ToString() }) is { } who
        ? new SkippedVersion(who)
        : null;

    private IReadOnlyList<Quiet> List(string table, string where, long? projectId, IReadOnlyCollection<long>? projects) => store.Read(connection => connection.Query<Quiet>(
        $"""
        SELECT q.*, s.project_id, s.name AS stage, p.name AS project FROM {table} q {Places}
        WHERE {where} AND (@projectId IS NULL OR s.project_id = @projectId) AND (@all OR s.project_id IN @projects)
        ORDER BY q.said_at DESC, q.id DESC LIMIT @MostOfList
        """,
        new { projectId, all = projects is null, projects = projects ?? [], now = time.GetUtcNow(), MostOfList }).AsList());
}
