using Dapper;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Access;

/// <summary>Users in the store. Names differ by more than the case of their letters.</summary>
internal sealed class UserStore(Store store, TimeProvider time)
{
    private const string Columns = "id, name, password_hash, role";

    public bool Any() => store.Read(connection => connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM users)"));

    public bool Any(WriteScope scope) => scope.QuerySingle<bool>("SELECT EXISTS (SELECT 1 FROM users)");

    public User? Find(string name) => store.Read(connection => Map(
        connection.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM users WHERE name = @name", new { name })));

    public User Add(WriteScope scope, string name, string passwordHash, Role role)
    {
        var id = scope.QuerySingle<long>(
            "INSERT INTO users (name, password_hash, role, created_at) VALUES (@name, @passwordHash, @role, @now) RETURNING id",
            new { name, passwordHash, role = role.Text(), now = time.GetUtcNow() });
        return new User(id, name, passwordHash, role);
    }

    public void ChangePassword(WriteScope scope, long id, string passwordHash) =>
        scope.Execute("UPDATE users SET password_hash = @passwordHash WHERE id = @id", new { id, passwordHash });

    private static User? Map(Row? row) => row is null ? null : new User(row.Id, row.Name, row.PasswordHash, Roles.Parse(row.Role));

    private sealed class Row
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public string PasswordHash { get; init; } = "";
        public string Role { get; init; } = "";
    }
}
