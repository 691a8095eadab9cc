using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Secrets;

namespace Plimsoll.Apps;

/// <summary>Projects in the store. Environment values are sealed: they often hold passwords.</summary>
internal sealed class ProjectStore(Store store, SecretBox secrets, TimeProvider time)
{
    private const string EnvironmentPurpose = "project environment";
    private const string Columns = "id, name, registry_id, repository, port, health_path, health, env_sealed, auto_created, deleting, created_at";

    public IReadOnlyList<Project> List() =>
        store.Read(connection => Map(connection.Query<Row>($"SELECT {Columns} FROM projects ORDER BY name")));

    public IReadOnlyList<Project> ByRepository(string repository) =>
        store.Read(connection => Map(connection.Query<Row>($"SELECT {Columns} FROM projects WHERE repository = @repository ORDER BY id", new { repository })));

    public Project? Find(long id) => store.Read(connection => Find(connection, id));

    public static Project? FindIn(WriteScope scope, SecretBox secrets, long id) =>
        Map(scope.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM projects WHERE id = @id", new { id }), secrets);

    public Project? Find(WriteScope scope, long id) => FindIn(scope, secrets, id);

    public Project? FindByName(WriteScope scope, string name) =>
        Map(scope.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM projects WHERE name = @name", new { name }), secrets);

    /// <summary>Takes what a person would write in a path: the number or the name.</summary>
    public Project? Find(string idOrName) => store.Read(connection => Map(
        connection.QueryFirstOrDefault<Row>(
            $"SELECT {Columns} FROM projects WHERE name = @idOrName OR id = @id ORDER BY name = @idOrName DESC",
            new { idOrName, id = long.TryParse(idOrName, out var id) ? id : -1 }),
        secrets));

    public bool NameExists(WriteScope scope, string name, long exceptId = 0) =>
        scope.QueryFirstOrDefault<long?>("SELECT id FROM projects WHERE name = @name AND id <> @exceptId", new { name, exceptId }) is not null;

    public long Add(WriteScope scope, Project project) => scope.QuerySingle<long>(
        """
        INSERT INTO projects (name, registry_id, repository, port, health_path, health, env_sealed, auto_created, created_at)
        VALUES (@Name, @RegistryId, @Repository, @Port, @HealthPath, @health, @env, @AutoCreated, @now)
        RETURNING id
        """,
        new { project.Name, project.RegistryId, project.Repository, project.Port, project.HealthPath, health = Text(project.Health), env = Seal(project.Environment), project.AutoCreated, now = time.GetUtcNow() });

    public void Update(WriteScope scope, Project project) => scope.Execute(
        """
        UPDATE projects SET name = @Name, registry_id = @RegistryId, repository = @Repository, port = @Port,
                            health_path = @HealthPath, health = @health, env_sealed = @env
        WHERE id = @Id
        """,
        new { project.Id, project.Name, project.RegistryId, project.Repository, project.Port, project.HealthPath, health = Text(project.Health), env = Seal(project.Environment) });

    public void MarkDeleting(WriteScope scope, long id) => scope.Execute("UPDATE projects SET deleting = 1 WHERE id = @id", new { id });

    public void Remove(WriteScope scope, long id) => scope.Execute("DELETE FROM projects WHERE id = @id", new { id });

    private Project? Find(SqliteConnection connection, long id) =>
        Map(connection.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM projects WHERE id = @id", new { id }), secrets);

    private List<Project> Map(IEnumerable<Row> rows) => rows.Select(row => Map(row, secrets)!).ToList();

    private static Project? Map(Row? row, SecretBox secrets) => row is null ? null : new Project
    {
        Id = row.Id,
        Name = row.Name,
        RegistryId = row.RegistryId,
        Repository = row.Repository,
        Port = row.Port,
        HealthPath = row.HealthPath,
        Health = row.Health is null ? new HealthProof() : JsonSerializer.Deserialize(row.Health, AppsJson.Default.HealthProof)!,
        Environment = JsonSerializer.Deserialize(secrets.Open(row.EnvSealed, EnvironmentPurpose), AppsJson.Default.DictionaryStringString)!,
        AutoCreated = row.AutoCreated,
        Deleting = row.Deleting,
        CreatedAt = row.CreatedAt,
    };

    private static string Text(HealthProof proof) => JsonSerializer.Serialize(proof, AppsJson.Default.HealthProof);

    private byte[] Seal(IReadOnlyDictionary<string, string> environment) =>
        secrets.Seal(JsonSerializer.Serialize(environment.ToDictionary(), AppsJson.Default.DictionaryStringString), EnvironmentPurpose);

    private sealed class Row
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public long? RegistryId { get; init; }
        public string Repository { get; init; } = "";
        public int Port { get; init; }
        public string? HealthPath { get; init; }
        public string? Health { get; init; }
        public byte[] EnvSealed { get; init; } = [];
        public bool AutoCreated { get; init; }
        public bool Deleting { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
    }
}
