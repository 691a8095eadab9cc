using Dapper;
using Microsoft.Data.Sqlite;
using Plimsoll.Access.Projects;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Access;

/// <summary>Users in the store. Names differ by more than the case of their letters.</summary>
internal sealed class UserStore(Store store, TimeProvider time)
{
    private const string Columns = "id, name, password_hash, role, disabled, restricted, factor_enabled, openid_subject, created_at";

    public bool Any() => store.Read(connection => connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM users)"));

    public bool Any(WriteScope scope) => scope.QuerySingle<bool>("SELECT EXISTS (SELECT 1 FROM users)");

    public IReadOnlyList<User> List() => store.Read(connection => connection.Query<Row>($"SELECT {Columns} FROM users ORDER BY name").AsList()
        .Select(row => Map(connection, row)!).ToList());

    public User? Find(string name) => store.Read(connection => Map(
        connection, connection.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM users WHERE name = @name", new { name })));

    public User? Find(long id) => store.Read(connection => Find(connection, id));

    public User? Find(WriteScope scope, long id) => Find(scope.Connection, id);

    public User? Find(WriteScope scope, string name) => Map(
        scope.Connection, scope.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM users WHERE name = @name", new { name }));

    public User? FindByOpenId(WriteScope scope, string subject) => Map(
        scope.Connection, scope.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM users WHERE openid_subject = @subject", new { subject }));

    public int Count(WriteScope scope) => scope.QuerySingle<int>("SELECT count(*) FROM users");

    /// <summary>Whether somebody else could still change who may do what, and is able to sign in.</summary>
    public bool AnotherAdminExists(WriteScope scope, long exceptId) => scope.QuerySingle<bool>(
        """
        SELECT EXISTS (SELECT 1 FROM users WHERE role = 'admin' AND disabled = 0 AND id <> @exceptId
                                             AND (password_hash <> '' OR openid_subject IS NOT NULL))
        """,
        new { exceptId });

    public User Add(WriteScope scope, User user)
    {
        var now = time.GetUtcNow();
        var id = scope.QuerySingle<long>(
            """
            INSERT INTO users (name, password_hash, role, restricted, openid_subject, created_at)
            VALUES (@Name, @PasswordHash, @role, @restricted, @OpenIdSubject, @now)
            RETURNING id
            """,
            new { user.Name, user.PasswordHash, role = user.Role.Text(), restricted = user.Projects is not null, user.OpenIdSubject, now });
        ProjectScopes.Write(scope, ProjectScopes.OfUser, id, user.Projects);
        return user with { Id = id, CreatedAt = now };
    }

    /// <summary>Everything but the name, the password and the second factor.</summary>
    public void Update(WriteScope scope, User user)
    {
        scope.Execute(
            "UPDATE users SET role = @role, disabled = @Disabled, restricted = @restricted, openid_subject = @OpenIdSubject WHERE id = @Id",
            new { user.Id, role = user.Role.Text(), user.Disabled, restricted = user.Projects is not null, user.OpenIdSubject });
        ProjectScopes.Write(scope, ProjectScopes.OfUser, user.Id, user.Projects);
    }

    public void ChangePassword(WriteScope scope, long id, string passwordHash) =>
        scope.Execute("UPDATE users SET password_hash = @passwordHash WHERE id = @id", new { id, passwordHash });

    public void Remove(WriteScope scope, long id) => scope.Execute("DELETE FROM users WHERE id = @id", new { id });

    private static User? Find(SqliteConnection connection, long id) =>
        Map(connection, connection.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM users WHERE id = @id", new { id }));

    private static User? Map(SqliteConnection connection, Row? row) => row is null ? null : new User(row.Id, row.Name, row.PasswordHash, Roles.Parse(row.Role))
    {
        Disabled = row.Disabled,
        Projects = row.Restricted ? ProjectScopes.Read(connection, ProjectScopes.OfUser, row.Id) : null,
        HasSecondFactor = row.FactorEnabled,
        OpenIdSubject = row.OpenidSubject,
        CreatedAt = row.CreatedAt,
    };

    private sealed class Row
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public string PasswordHash { get; init; } = "";
        public string Role { get; init; } = "";
        public bool Disabled { get; init; }
        public bool Restricted { get; init; }
        public bool FactorEnabled { get; init; }
        public string? OpenidSubject { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
    }
}
