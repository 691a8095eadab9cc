using Dapper;
using Microsoft.Data.Sqlite;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Plumbing.Cli.Doctor;

/// <summary>
/// Reads settings out of a store without touching it. SQLite is told that the file does not change ("immutable"): then it
/// takes no lock and makes no file beside it, but does not see what a crash left in the write-ahead log either.
/// </summary>
internal static class StoreFile
{
    private const string DefaultNetwork = "plimsoll";

    public static bool HasLog(string path) => new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };

    public static string Network(string path)
    {
        try
        {
            return (File.Exists(path) ? Setting(path, "network") : null) ?? DefaultNetwork;
        }
        catch (SqliteException)
        {
            // The check of the key, which comes first, tells it.
            return DefaultNetwork;
        }
    }

    /// <exception cref="SqliteException">The file is not a store that can be read.</exception>
    public static string? Setting(string path, string key)
    {
        SqliteSetup.Once();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = $"file:{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}?immutable=1",
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        connection.Open();
        return connection.QuerySingle<long>("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'settings'") == 0
            ? null
            : connection.QueryFirstOrDefault<string>("SELECT value FROM settings WHERE key = @key", new { key });
    }
}
