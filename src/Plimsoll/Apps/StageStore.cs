using Dapper;
using Plimsoll.Apps.Policies;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Apps;

/// <summary>Stages in the store, in the order of their pipeline.</summary>
internal sealed class StageStore(Store store)
{
    static StageStore() => SqlMapper.AddTypeHandler(new PolicyText.Handler());

    public IReadOnlyList<Stage> All() =>
        store.Read(connection => connection.Query<Stage>("SELECT * FROM stages ORDER BY project_id, position, id").AsList());

    public IReadOnlyList<Stage> OfProject(long projectId) => store.Read(connection =>
        connection.Query<Stage>("SELECT * FROM stages WHERE project_id = @projectId ORDER BY position, id", new { projectId }).AsList());

    public Stage? Find(long id) => store.Read(connection =>
        connection.QueryFirstOrDefault<Stage>("SELECT * FROM stages WHERE id = @id", new { id }));

    public Stage? Find(long projectId, string name) => store.Read(connection =>
        connection.QueryFirstOrDefault<Stage>("SELECT * FROM stages WHERE project_id = @projectId AND name = @name", new { projectId, name }));

    public static Stage? FindIn(WriteScope scope, long id) =>
        scope.QueryFirstOrDefault<Stage>("SELECT * FROM stages WHERE id = @id", new { id });

    public static Stage? FindIn(WriteScope scope, long projectId, string name) =>
        scope.QueryFirstOrDefault<Stage>("SELECT * FROM stages WHERE project_id = @projectId AND name = @name", new { projectId, name });

    public static IReadOnlyList<Stage> OfProjectIn(WriteScope scope, long projectId) =>
        scope.Query<Stage>("SELECT * FROM stages WHERE project_id = @projectId ORDER BY position, id", new { projectId });

    public long Add(WriteScope scope, Stage stage) => scope.QuerySingle<long>(
        """
        INSERT INTO stages (project_id, name, position, tag_pattern, auto_deploy, max_instances, confirm, promote_from, subdomain,
                            memory_limit, cpu_limit, stop_seconds, policy)
        VALUES (@ProjectId, @Name, (SELECT count(*) FROM stages WHERE project_id = @ProjectId), @TagPattern, @AutoDeploy, @MaxInstances, @Confirm, @PromoteFrom, @Subdomain,
                @MemoryLimit, @CpuLimit, @StopSeconds, @Policy)
        RETURNING id
        """,
        stage);

    public void Update(WriteScope scope, Stage stage) => scope.Execute(
        """
        UPDATE stages SET name = @Name, tag_pattern = @TagPattern, auto_deploy = @AutoDeploy, max_instances = @MaxInstances,
                          confirm = @Confirm, promote_from = @PromoteFrom, subdomain = @Subdomain,
                          memory_limit = @MemoryLimit, cpu_limit = @CpuLimit, stop_seconds = @StopSeconds, policy = @Policy
        WHERE id = @Id
        """,
        stage);

    public void SetTraffic(WriteScope scope, Stage stage) => scope.Execute(
        "UPDATE stages SET traffic = @traffic, traffic_until = @TrafficUntil, maintenance_message = @MaintenanceMessage WHERE id = @Id",
        new { stage.Id, traffic = stage.Traffic.ToString().ToLowerInvariant(), stage.TrafficUntil, stage.MaintenanceMessage });

    /// <summary>Lets the stages that are promoted from a stage follow its new name.</summary>
    public void FollowName(WriteScope scope, long projectId, string oldName, string newName) => scope.Execute(
        "UPDATE stages SET promote_from = @newName WHERE project_id = @projectId AND promote_from = @oldName",
        new { projectId, oldName, newName });

    public void MarkDeleting(WriteScope scope, long id) => scope.Execute("UPDATE stages SET deleting = 1 WHERE id = @id", new { id });

    public void Remove(WriteScope scope, long id) => scope.Execute("DELETE FROM stages WHERE id = @id", new { id });
}
