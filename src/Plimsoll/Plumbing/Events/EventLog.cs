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
    /// <param name="projects">Only events of these; null: all events.</param>
    public IReadOnlyList<RecordedEvent> After(long id, IReadOnlyCollection<string>? projects = null) => store.Read(connection => connection.Query<RecordedEvent>(
        "SELECT * FROM events WHERE id > @id AND (@all OR project IN @projects) ORDER BY id LIMIT @MostPerRead",
        new { id, all = projects is null, projects = projects ?? [], MostPerRead }).AsList());

    /// <summary>The newest before <paramref name="id"/>, newest first.</summary>
    /// <param name="projects">Only events of these; null: all events.</param>
    public IReadOnlyList<RecordedEvent> Before(long id, string? project, int limit, IReadOnlyCollection<string>? projects = null) => store.Read(connection => connection.Query<RecordedEvent>(
        """
        SELECT * FROM events
        WHERE id < @id AND (@project IS NULL OR project = @project) AND (@all OR project IN @projects)
        ORDER BY id DESC LIMIT @limit
        """,
        new { id, project, limit = Math.Clamp(limit, 1, MostPerRead), all = projects is null, projects = projects ?? [] }).AsList());

    public long LastId() => store.Read(connection => connection.QuerySingle<long>("SELECT coalesce(max(id), 0) FROM events"));
}
