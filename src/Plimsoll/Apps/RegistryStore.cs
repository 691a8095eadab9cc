using Dapper;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Secrets;

namespace Plimsoll.Apps;

/// <summary>Registries in the store; tokens are sealed.</summary>
internal sealed class RegistryStore(Store store, SecretBox secrets, TimeProvider time)
{
    private const string TokenPurpose = "registry token";
    private const string Columns = "id, name, host, type, username, token_sealed, insecure, authorities, realm_host, requests_per_second, concurrency, aws_region";

    public IReadOnlyList<RegistryEntry> List() => store.Read(connection =>
        connection.Query<Row>($"SELECT {Columns} FROM registries ORDER BY name").Select(Open).ToList());

    public RegistryEntry? Find(string idOrName) => store.Read(connection =>
        connection.QueryFirstOrDefault<Row>(
            $"SELECT {Columns} FROM registries WHERE name = @idOrName OR id = @id ORDER BY name = @idOrName DESC",
            new { idOrName, id = long.TryParse(idOrName, out var id) ? id : -1 }) is { } row ? Open(row) : null);

    public RegistryEntry? Find(long id) => store.Read(connection =>
        connection.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM registries WHERE id = @id", new { id }) is { } row ? Open(row) : null);

    public RegistryEntry? Find(WriteScope scope, long id) =>
        scope.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM registries WHERE id = @id", new { id }) is { } row ? Open(row) : null;

    public RegistryEntry? FindByName(WriteScope scope, string name) =>
        scope.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM registries WHERE name = @name", new { name }) is { } row ? Open(row) : null;

    /// <summary>The registry a project names, or else the first one of that host. Never one of another host: its token would be sent to a stranger.</summary>
    public RegistryEntry? For(string host, long? preferred) =>
        (preferred is { } id && Find(id) is { } named && named.Host == host ? named : null)
        ?? store.Read(connection =>
            connection.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM registries WHERE host = @host ORDER BY id", new { host }) is { } row ? Open(row) : null);

    public bool NameExists(WriteScope scope, string name, long exceptId) =>
        scope.QueryFirstOrDefault<long?>("SELECT id FROM registries WHERE name = @name AND id <> @exceptId", new { name, exceptId }) is not null;

    /// <summary>The names of the projects that use a registry: it cannot be removed while there are any.</summary>
    public IReadOnlyList<string> UsedBy(WriteScope scope, long id) =>
        scope.Query<string>("SELECT name FROM projects WHERE registry_id = @id ORDER BY name", new { id });

    public long Add(WriteScope scope, RegistryEntry entry) => scope.QuerySingle<long>(
        """
        INSERT INTO registries (name, host, type, username, token_sealed, insecure, authorities, realm_host, requests_per_second, concurrency, aws_region, created_at)
        VALUES (@Name, @Host, @Type, @Username, @token, @Insecure, @Authorities, @RealmHost, @RequestsPerSecond, @Concurrency, @AwsRegion, @now)
        RETURNING id
        """,
        Values(entry));

    public void Update(WriteScope scope, RegistryEntry entry) => scope.Execute(
        """
        UPDATE registries
        SET name = @Name, host = @Host, type = @Type, username = @Username, token_sealed = @token, insecure = @Insecure, authorities = @Authorities,
            realm_host = @RealmHost, requests_per_second = @RequestsPerSecond, concurrency = @Concurrency, aws_region = @AwsRegion
        WHERE id = @Id
        """,
        Values(entry));

    public void Remove(WriteScope scope, long id) => scope.Execute("DELETE FROM registries WHERE id = @id", new { id });

    private object Values(RegistryEntry entry) => new
    {
        entry.Id, entry.Name, entry.Host, entry.Type, entry.Username, token = Seal(entry.Token), entry.Insecure,
        entry.Authorities, entry.RealmHost, entry.RequestsPerSecond, entry.Concurrency, entry.AwsRegion, now = time.GetUtcNow(),
    };

    private byte[]? Seal(string? token) => token is null ? null : secrets.Seal(token, TokenPurpose);

    private RegistryEntry Open(Row row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Host = row.Host,
        Type = row.Type,
        Username = row.Username,
        Token = row.TokenSealed is null ? null : secrets.Open(row.TokenSealed, TokenPurpose),
        Insecure = row.Insecure,
        Authorities = row.Authorities,
        RealmHost = row.RealmHost,
        RequestsPerSecond = row.RequestsPerSecond,
        Concurrency = (int?)row.Concurrency,
        AwsRegion = row.AwsRegion,
    };

    private sealed class Row
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public string Host { get; init; } = "";
        public string Type { get; init; } = "";
        public string? Username { get; init; }
        public byte[]? TokenSealed { get; init; }
        public bool Insecure { get; init; }
        public string? Authorities { get; init; }
        public string? RealmHost { get; init; }
        public double? RequestsPerSecond { get; init; }
        public long? Concurrency { get; init; }
        public string? AwsRegion { get; init; }
    }
}
