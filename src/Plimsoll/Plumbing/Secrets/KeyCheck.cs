using Dapper;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Plumbing.Secrets;

/// <summary>
/// Proves at start that the key is the one this store was made with, by a value that was sealed at first launch.
/// Without it a wrong key would show itself only at the first pull, or worse, by sealing new values beside unreadable ones.
/// </summary>
internal static class KeyCheck
{
    private const string SettingKey = "encryption_check";
    private const string Purpose = "encryption check";
    private const string Text = "plimsoll";

    public static async Task VerifyAsync(Store store, SecretBox secrets, CancellationToken cancellationToken)
    {
        if (Stored(store) is { } stored)
        {
            _ = secrets.Open(Convert.FromBase64String(stored), Purpose);
            return;
        }

        var value = Convert.ToBase64String(secrets.Seal(Text, Purpose));
        await store.WriteAsync(
            scope => scope.Execute("INSERT INTO settings (key, value) VALUES (@SettingKey, @value)", new { SettingKey, value }),
            cancellationToken);
    }

    /// <summary>Whether the store was made with a key. Needs the migrated store.</summary>
    public static bool IsSealed(Store store) => Stored(store) is not null;

    private static string? Stored(Store store) => store.Read(connection =>
        connection.QueryFirstOrDefault<string>("SELECT value FROM settings WHERE key = @SettingKey", new { SettingKey }));
}
