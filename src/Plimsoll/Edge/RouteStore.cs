using Dapper;
using Plimsoll.Apps;
using Plimsoll.Deployments;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Edge;

/// <summary>The record of what the router has to serve. What is here is "live"; the router follows it.</summary>
internal sealed class RouteStore(Store store, TimeProvider time)
{
    private const string Main = "main";
    private const string Tag = "tag";

    public IReadOnlyList<RecordedRoute> All() => store.Read(connection => connection.Query<RecordedRoute>(
        """
        SELECT r.host, r.stage_id, r.instance_id, r.port, r.kind = 'main' AS is_main, i.wish IS NOT NULL AS is_held, p.name AS project, s.name AS stage
        FROM routes r JOIN instances i ON i.id = r.instance_id JOIN stages s ON s.id = r.stage_id JOIN projects p ON p.id = s.project_id
        ORDER BY r.host
        """).AsList());

    public static void Withdraw(WriteScope scope, IReadOnlyCollection<string> instanceIds)
    {
        foreach (var id in instanceIds)
        {
            scope.Execute("DELETE FROM routes WHERE instance_id = @id", new { id });
        }
    }

    /// <summary>Points the stage's name and the tag's name at the target.</summary>
    public void Record(WriteScope scope, TrafficChange change)
    {
        // The names may have changed with the settings since the last switch; what the stage's old names were is over.
        scope.Execute("DELETE FROM routes WHERE stage_id = @StageId AND (kind = 'main' OR instance_id = @Id)", change.Target);
        if (change.Target.Port == 0)
        {
            return;
        }

        Add(scope, change, HostNames.ForStage(change.Settings, change.Project.Name, change.Stage), Main);
        if (HostNames.ForTag(change.Settings, change.Project.Name, change.Stage, change.Target.Tag) is { } tagHost)
        {
            Add(scope, change, tagHost, Tag);
        }
    }

    /// <summary>A name that belongs to another stage is left there; this one gets a name beside it.</summary>
    private void Add(WriteScope scope, TrafficChange change, string wanted, string kind)
    {
        var host = wanted;
        if (IsTaken(scope, host, change))
        {
            host = HostNames.Apart(wanted, $"{change.Project.Id}/{change.Stage.Id}/{(kind == Tag ? change.Target.Tag : "")}");
        }

        scope.Execute(
            """
            INSERT INTO routes (host, stage_id, instance_id, port, kind, switched_at)
            VALUES (@host, @StageId, @Id, @Port, @kind, @now)
            ON CONFLICT (host) DO UPDATE SET stage_id = excluded.stage_id, instance_id = excluded.instance_id, port = excluded.port, kind = excluded.kind, switched_at = excluded.switched_at
            """,
            new { host, change.Target.StageId, change.Target.Id, change.Target.Port, kind, now = time.GetUtcNow() });
    }

    /// <summary>A newer instance of the same tag takes its tag's name over; everybody else's name is theirs.</summary>
    private static bool IsTaken(WriteScope scope, string host, TrafficChange change) =>
        scope.QueryFirstOrDefault<string>(
            """
            SELECT r.instance_id FROM routes r JOIN instances i ON i.id = r.instance_id
            WHERE r.host = @host AND r.instance_id <> @Id AND NOT (r.stage_id = @StageId AND i.tag = @Tag)
            """,
            new { host, change.Target.Id, change.Target.StageId, change.Target.Tag }) is not null;
}
