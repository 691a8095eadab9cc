using Dapper;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Access;

/// <summary>Sessions in the store, by the hash of the cookie's value. A session ends seven days after it was last used.</summary>
internal sealed class SessionStore(Store store, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>Each extension is a write that waits for the disk, so a session in use is extended this often and no more.</summary>
    private static readonly TimeSpan ExtendAfter = TimeSpan.FromHours(1);

    /// <summary>A script that signs in on each call would otherwise leave a week's worth of rows.</summary>
    private const int MostPerUser = 100;

    public Session? Find(string secret)
    {
        if (Secret.HashOf(secret) is not { } hash)
        {
            return null;
        }

        var row = store.Read(connection => connection.QueryFirstOrDefault<Row>(
            """
            SELECT s.secret_hash, s.expires_at, u.id AS user_id, u.name, u.role
            FROM sessions s JOIN users u ON u.id = s.user_id
            WHERE s.secret_hash = @hash AND s.expires_at > @now
            """,
            new { hash, now = time.GetUtcNow() }));
        return row is null ? null : new Session(row.SecretHash, row.UserId, row.Name, Roles.Parse(row.Role), row.ExpiresAt);
    }

    public Secret Add(WriteScope scope, long userId)
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
            "INSERT INTO sessions (secret_hash, user_id, created_at, expires_at) VALUES (@Hash, @userId, @now, @expires)",
            new { secret.Hash, userId, now, expires = now + Lifetime });
        return secret;
    }

    public bool IsDueForExtension(Session session) => session.ExpiresAt - time.GetUtcNow() < Lifetime - ExtendAfter;

    public Task ExtendAsync(Session session, CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            // max(): of two requests that extend at once, the later clock wins whichever commits last.
            scope.Execute(
                "UPDATE sessions SET expires_at = max(expires_at, @expires) WHERE secret_hash = @SecretHash",
                new { session.SecretHash, expires = time.GetUtcNow() + Lifetime });
        },
        cancellationToken);

    public void Remove(WriteScope scope, string secretHash) =>
        scope.Execute("DELETE FROM sessions WHERE secret_hash = @secretHash", new { secretHash });

    /// <param name="kept">The hash of the session that stays, or null for none.</param>
    public void RemoveAllOf(WriteScope scope, long userId, string? kept) =>
        scope.Execute("DELETE FROM sessions WHERE user_id = @userId AND secret_hash <> @kept", new { userId, kept = kept ?? "" });

    public void RemoveExpired(WriteScope scope) =>
        scope.Execute("DELETE FROM sessions WHERE expires_at <= @now", new { now = time.GetUtcNow() });

    private sealed class Row
    {
        public string SecretHash { get; init; } = "";
        public DateTimeOffset ExpiresAt { get; init; }
        public long UserId { get; init; }
        public string Name { get; init; } = "";
        public string Role { get; init; } = "";
    }
}
