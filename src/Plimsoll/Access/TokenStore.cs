using Dapper;
using Microsoft.Data.Sqlite;
using Plimsoll.Access.Projects;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Access;

/// <summary>Tokens in the store, by the hash of what the client sends.</summary>
internal sealed class TokenStore(Store store, TimeProvider time)
{
    private const string Columns = "id, name, role, restricted, created_at, expires_at";

    public IReadOnlyList<Token> List() => store.Read(connection =>
        connection.Query<Row>($"SELECT {Columns} FROM tokens ORDER BY name, id").AsList().Select(row => Map(connection, row)).ToList());

    public Token? Find(string secret) =>
        !secret.StartsWith(Token.Prefix, StringComparison.Ordinal) || Secret.HashOf(secret) is not { } hash
            ? null
            : store.Read(connection =>
                connection.QueryFirstOrDefault<Row>(
                    $"SELECT {Columns} FROM tokens WHERE secret_hash = @hash AND (expires_at IS NULL OR expires_at > @now)",
                    new { hash, now = time.GetUtcNow() }) is { } row ? Map(connection, row) : null);

    public bool NameExists(WriteScope scope, string name) =>
        scope.QueryFirstOrDefault<long?>("SELECT id FROM tokens WHERE name = @name", new { name }) is not null;

    public int Count(WriteScope scope) => scope.QuerySingle<int>("SELECT count(*) FROM tokens");

    /// <summary>The only moment at which the secret is known.</summary>
    public (Token Token, Secret Secret) Add(WriteScope scope, string name, Role role, DateTimeOffset? expiresAt, ProjectScope? projects = null)
    {
        var secret = Secret.New(Token.Prefix);
        var now = time.GetUtcNow();
        var id = scope.QuerySingle<long>(
            """
            INSERT INTO tokens (name, secret_hash, role, restricted, created_at, expires_at)
            VALUES (@name, @Hash, @role, @restricted, @now, @expiresAt)
            RETURNING id
            """,
            new { name, secret.Hash, role = role.Text(), restricted = projects is not null, now, expiresAt });
        ProjectScopes.Write(scope, ProjectScopes.OfToken, id, projects);
        return (new Token(id, name, role, now, expiresAt) { Projects = projects }, secret);
    }

    public Token? Find(WriteScope scope, long id) =>
        scope.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM tokens WHERE id = @id", new { id }) is { } row ? Map(scope.Connection, row) : null;

    public void Remove(WriteScope scope, long id) => scope.Execute("DELETE FROM tokens WHERE id = @id", new { id });

    public void Remove(WriteScope scope, string name) => scope.Execute("DELETE FROM tokens WHERE name = @name", new { name });

    public void RemoveExpired(WriteScope scope) =>
        scope.Execute("DELETE FROM tokens WHERE expires_at <= @now", new { now = time.GetUtcNow() });

    private static Token Map(SqliteConnection connection, Row row) => new(row.Id, row.Name, Roles.Parse(row.Role), row.CreatedAt, row.ExpiresAt)
    {
        Projects = row.Restricted ? ProjectScopes.Read(connection, ProjectScopes.OfToken, row.Id) : null,
    };

    private sealed class Row
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public string Role { get; init; } = "";
        public bool Restricted { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? ExpiresAt { get; init; }
    }
}
