using Dapper;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Access.Users;

/// <summary>Links with which a user chooses a password, once, within seven days. Only the hash of the code is stored; a new link replaces the old one.</summary>
internal sealed class Invitations(Store store, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public Secret Issue(WriteScope scope, long userId)
    {
        var secret = Secret.New();
        scope.Execute(
            """
            INSERT INTO invitations (user_id, code_hash, expires_at) VALUES (@userId, @Hash, @expires)
            ON CONFLICT (user_id) DO UPDATE SET code_hash = excluded.code_hash, expires_at = excluded.expires_at
            """,
            new { userId, secret.Hash, expires = time.GetUtcNow() + Lifetime });
        return secret;
    }

    /// <summary>The user who was invited with this code; null: nobody, or too long ago.</summary>
    public long? Find(string code) => Secret.HashOf(code) is not { } hash ? null : store.Read(connection => connection.QueryFirstOrDefault<long?>(
        "SELECT user_id FROM invitations WHERE code_hash = @hash AND expires_at > @now", new { hash, now = time.GetUtcNow() }));

    /// <summary>As <see cref="Find"/>, and the code is worth nothing from then on.</summary>
    public long? Take(WriteScope scope, string code) => Secret.HashOf(code) is not { } hash ? null : scope.QueryFirstOrDefault<long?>(
        "DELETE FROM invitations WHERE code_hash = @hash AND expires_at > @now RETURNING user_id", new { hash, now = time.GetUtcNow() });

    public void Withdraw(WriteScope scope, long userId) => scope.Execute("DELETE FROM invitations WHERE user_id = @userId", new { userId });

    /// <summary>Until when the invitations that wait are good, by user.</summary>
    public IReadOnlyDictionary<long, DateTimeOffset> Waiting() => store.Read(connection => connection.Query<(long UserId, long ExpiresAt)>(
            "SELECT user_id, expires_at FROM invitations WHERE expires_at > @now", new { now = time.GetUtcNow() })
        .ToDictionary(row => row.UserId, row => DateTimeOffset.FromUnixTimeMilliseconds(row.ExpiresAt)));
}
