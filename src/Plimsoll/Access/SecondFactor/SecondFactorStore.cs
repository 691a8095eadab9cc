using Dapper;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Secrets;

namespace Plimsoll.Access.SecondFactor;

/// <summary>The keys of authenticator apps, sealed, and the hashes of the recovery codes.</summary>
internal sealed class SecondFactorStore(Store store, SecretBox box)
{
    /// <summary>Keeps a key that does not count yet. A second enrolment replaces the first one.</summary>
    public void Begin(WriteScope scope, long userId, byte[] key) => scope.Execute(
        "UPDATE users SET factor_sealed = @factor, factor_enabled = 0, factor_step = 0 WHERE id = @userId",
        new { userId, factor = box.Seal(Convert.ToBase64String(key), Purpose(userId)) });

    /// <summary>Whether the code is the right one of this moment; then it counts no more.</summary>
    /// <param name="enabled">Whether the key must count already; otherwise it must not yet.</param>
    public bool TakeCode(WriteScope scope, long userId, string code, bool enabled, DateTimeOffset now)
    {
        var row = scope.QueryFirstOrDefault<Row>("SELECT factor_sealed, factor_step FROM users WHERE id = @userId AND factor_enabled = @enabled", new { userId, enabled });
        if (row?.FactorSealed is not { } bytes || Totp.Match(Convert.FromBase64String(box.Open(bytes, Purpose(userId))), code, now, row.FactorStep) is not { } step)
        {
            return false;
        }

        scope.Execute("UPDATE users SET factor_step = @step WHERE id = @userId", new { userId, step });
        return true;
    }

    /// <summary>Whether it was one of the user's recovery codes; then it is gone.</summary>
    public static bool TakeRecoveryCode(WriteScope scope, long userId, string code) =>
        RecoveryCodes.HashOf(code) is { } hash
        && scope.Execute("DELETE FROM recovery_codes WHERE user_id = @userId AND code_hash = @hash", new { userId, hash }) == 1;

    public void Enable(WriteScope scope, long userId) => scope.Execute("UPDATE users SET factor_enabled = 1 WHERE id = @userId", new { userId });

    public static void ReplaceRecoveryCodes(WriteScope scope, long userId, IReadOnlyList<string> codes)
    {
        scope.Execute("DELETE FROM recovery_codes WHERE user_id = @userId", new { userId });
        foreach (var code in codes)
        {
            scope.Execute("INSERT INTO recovery_codes (user_id, code_hash) VALUES (@userId, @hash)", new { userId, hash = RecoveryCodes.HashOf(code) });
        }
    }

    public static void Remove(WriteScope scope, long userId)
    {
        scope.Execute("UPDATE users SET factor_sealed = NULL, factor_enabled = 0, factor_step = 0 WHERE id = @userId", new { userId });
        scope.Execute("DELETE FROM recovery_codes WHERE user_id = @userId", new { userId });
    }

    public int RecoveryCodesLeft(long userId) =>
        store.Read(connection => connection.QuerySingle<int>("SELECT count(*) FROM recovery_codes WHERE user_id = @userId", new { userId }));

    private static string Purpose(long userId) => $"second factor of user {userId}";

    private sealed class Row
    {
        public byte[]? FactorSealed { get; init; }
        public long FactorStep { get; init; }
    }
}
