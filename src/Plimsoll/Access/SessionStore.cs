using Dapper;
using Microsoft.Data.Sqlite;
using Plimsoll.Access.Projects;
using Plimsoll.Plumbing;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Access;

/// <summary>Sessions in the store, by the hash of the cookie's value. A session ends seven days after it was last used.</summary>
internal sealed class SessionStore(Store store, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>Each extension is a write that waits for the disk, so a session in use is extended this often and no more.</summary>
    private static readonly TimeSpan ExtendAfter = TimeSpan.FromHours(1);

    /// <summary>So exactly is told when a session was last used.</summary>
    private static readonly TimeSpan NoteAfter = TimeSpan.FromMinutes(5);

    private const string Select =
        """
        SELECT s.id, s.secret_hash, s.created_at, s.expires_at, s.last_seen_at, s.address, s.user_agent, u.id AS user_id, u.name, u.role, u.restricted
        FROM sessions s JOIN users u ON u.id = s.user_id
        WHERE s.expires_at > @now AND u.disabled = 0
        """;

    /// <summary>A script that signs in on each call would otherwise leave a week's worth of rows.</summary>
    private const int MostPerUser = 100;

    public Session? Find(string secret) => Secret.HashOf(secret) is not { } hash ? null : store.Read(connection =>
        connection.QueryFirstOrDefault<Row>(Select + " AND s.secret_hash = @hash", new { hash, now = time.GetUtcNow() }) is { } row ? Map(connection, row) : null);

    /// <summary>A user's sessions, the one that was used last at the top.</summary>
    public IReadOnlyList<Session> OfUser(long userId) => store.Read(connection =>
        connection.Query<Row>(Select + " AND s.user_id = @userId ORDER BY coalesce(s.last_seen_at, s.created_at) DESC", new { userId, now = time.GetUtcNow() }).AsList()
            .Select(row => Map(connection, row)).ToList());

    public Secret Add(WriteScope scope, long userId, SessionOrigin origin)
    {
        scope.Execute(
            """
            DELETE FROM sessions WHERE user_id = @userId AND secret_hash NOT IN
                (SELECT secret_hash FROM sessions WHERE user_id = @userId ORDER BY expires_at DESC LIMIT @others)
            """,
            new { userId, others = MostPerUser - 1 });
        var secret = Secret.New();
        var now = time.GetUtcNow();
        scope.Execute(
            """
            INSERT INTO sessions (secret_hash, id, user_id, created_at, expires_at, last_seen_at, address, user_agent)
            VALUES (@Hash, @id, @userId, @now, @expires, @now, @Address, @UserAgent)
            """,
            new { secret.Hash, id = ShortId.New(), userId, now, expires = now + Lifetime, origin.Address, origin.UserAgent });
        return secret;
    }

    public bool IsDueForExtension(Session session) => session.ExpiresAt - time.GetUtcNow() < Lifetime - ExtendAfter;

    public bool IsDueForNote(Session session) => session.LastSeenAt is not { } seen || time.GetUtcNow() - seen >= NoteAfter;

    /// <summary>Puts down when and from where it was last used, and lets it live on if that is due.</summary>
    public Task NoteAsync(Session session, SessionOrigin origin, CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            var now = time.GetUtcNow();
            // max(): of two requests that extend at once, the later clock wins whichever commits last.
            scope.Execute(
                """
                UPDATE sessions SET expires_at = max(expires_at, @expires), last_seen_at = @now, address = @Address, user_agent = @UserAgent
                WHERE secret_hash = @SecretHash
                """,
                new { session.SecretHash, expires = IsDueForExtension(session) ? now + Lifetime : session.ExpiresAt, now, origin.Address, origin.UserAgent });
        },
        cancellationToken);

    public void Remove(WriteScope scope, string secretHash) =>
        scope.Execute("DELETE FROM sessions WHERE secret_hash = @secretHash", new { secretHash });

    /// <returns>Whether this user has such a session.</returns>
    public bool Remove(WriteScope scope, long userId, string id) =>
        scope.Execute("DELETE FROM sessions WHERE user_id = @userId AND id = @id", new { userId, id }) > 0;

    /// <summary>The session <paramref name="kept"/> stays; null: none does.</summary>
    /// <returns>How many ended.</returns>
    public int RemoveAllOf(WriteScope scope, long userId, string? kept) =>
        scope.Execute("DELETE FROM sessions WHERE user_id = @userId AND secret_hash <> @kept", new { userId, kept = kept ?? "" });

    public void RemoveExpired(WriteScope scope) =>
        scope.Execute("DELETE FROM sessions WHERE expires_at <= @now", new { now = time.GetUtcNow() });

    private static Session Map(SqliteConnection connection, Row row) => new(row.Id, row.SecretHash, row.UserId, row.Name, Roles.Parse(row.Role), row.ExpiresAt)
    {
        CreatedAt = row.CreatedAt,
        LastSeenAt = row.LastSeenAt,
        Address = row.Address,
        UserAgent = row.UserAgent,
        Projects = row.Restricted ? ProjectScopes.Read(connection, ProjectScopes.OfUser, row.UserId) : null,
    };

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string SecretHash { get; init; } = "";
        public DateTimeOffset ExpiresAt { get; init; }
        public long UserId { get; init; }
        public string Name { get; init; } = "";
        public string Role { get; init; } = "";
        public bool Restricted { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? LastSeenAt { get; init; }
        public string? Address { get; init; }
        public string? UserAgent { get; init; }
    }
}
