using Dapper;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Plumbing.Events;

/// <summary>
/// Every change of the world is written here in the same transaction as the change itself, so that telling can neither
/// run ahead of the truth nor lose it. The newest 100,000 are kept.
/// </summary>
internal sealed class EventLog(Store store, TimeProvider time)
{
    public const int MostPerRead = 500;
    private const int Kept = 100_000;
    private const int TrimEvery = 1_000;

    /// <summary>Fires after each commit that appended something.</summary>
    public ChangeSignal Changed { get; } = new();

    public void Append(WriteScope scope, string kind, string text, string? project = null, string? stage = null, string? deploymentId = null)
    {
        var id = scope.QuerySingle<long>(
            """
            INSERT INTO events (at, kind, project, stage, deployment_id, text)
            VALUES (@at, @kind, @project, @stage, @deploymentId, @text)
            RETURNING id
            """,
            new { at = time.GetUtcNow(), kind, project, stage, deploymentId, text });
        if (id % TrimEvery == 0)
        {
            scope.Execute("DELETE FROM events WHERE id <= @oldest", new { oldest = id - Kept });
        }

        scope.AfterCommit(Changed.Notify);
    }

    /// <summary>At most 500 events after <paramref name="id"/>, oldest first.</summary>
    public IReadOnlyList<RecordedEvent> After(long id, EventFilter? filter = null) => Read("id > @id", "ORDER BY id", id, MostPerRead, filter);

    /// <summary>The newest before <paramref name="id"/>, newest first.</summary>
    public IReadOnlyList<RecordedEvent> Before(long id, int limit, EventFilter? filter = null) => Read("id < @id", "ORDER BY id DESC", id, Math.Clamp(limit, 1, MostPerRead), filter);

    public long LastId() => store.Read(connection => connection.QuerySingle<long>("SELECT coalesce(max(id), 0) FROM events"));

    private IReadOnlyList<RecordedEvent> Read(string where, string order, long id, int limit, EventFilter? filter) => store.Read(connection => connection.Query<RecordedEvent>(
        $"""
        SELECT * FROM events
        WHERE {where} AND (@Project IS NULL OR project = @Project) AND (@Stage IS NULL OR stage = @Stage) AND (@Kind IS NULL OR kind = @Kind)
          AND (@Text IS NULL OR instr(lower(kind || ' ' || coalesce(project, '') || '/' || coalesce(stage, '') || ' ' || text), lower(@Text)) > 0) AND (@all OR project IN @projects)
        {order} LIMIT @limit
        """,
        new { id, limit, filter?.Project, filter?.Stage, filter?.Kind, filter?.Text, all = filter?.Projects is null, projects = filter?.Projects ?? [] }).AsList());
}
