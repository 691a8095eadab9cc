using Dapper;
using Microsoft.Data.Sqlite;

namespace Plimsoll.Plumbing.Database;

/// <summary>
/// The connection for writes, held as long as the store is in use, and the memory of which files it has open. Connections find
/// SQLite's write-ahead log by its name, but go on writing into the one they once opened. If somebody deletes it, everything
/// seems well: what is written is on a file without a name, gone with the process, while a connection that is opened later
/// reads and writes another file. The held connection has the deleted log open, so it can bring what is in it into the store.
/// </summary>
internal sealed class StoreAnchor : IDisposable
{
    private const string LogSuffix = "-wal";
    private const string IndexSuffix = "-shm";
    private const string SetAsideSuffix = "-wal.set-aside";

    private readonly string _path;
    private readonly (string Path, FileIdentity? Identity)[] _files;

    private StoreAnchor(string path, SqliteConnection connection)
    {
        _path = path;
        Connection = connection;
        _files = [.. new[] { path, path + LogSuffix, path + IndexSuffix }.Select(file => (file, FileIdentity.Of(file)))];
    }

    public SqliteConnection Connection { get; }

    /// <summary>Whether the names lead to the files that are open. Costs a few microseconds.</summary>
    public bool IsInPlace => Array.TrueForAll(_files, IsWhereItWas);

    /// <summary>Whether the store itself is where it was; if it is not, its log has nowhere to go.</summary>
    public bool HasStore => IsWhereItWas(_files[0]);

    /// <param name="connectionString">Without a pool: the connection is closed when it is disposed.</param>
    public static StoreAnchor Open(string path, string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            // The log and its index are made at the first read.
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; SELECT count(*) FROM sqlite_master;");
            return new StoreAnchor(path, connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Brings all that the open log holds into the store and onto the disk. Nobody else may use the store meanwhile. After it
    /// the anchor is only good for disposal.
    /// </summary>
    /// <exception cref="SqliteException">It did not work; nothing was changed, and it may be tried again.</exception>
    public void SaveLog()
    {
        var isBlocked = Connection.QuerySingle<int>("PRAGMA wal_checkpoint(TRUNCATE)") != 0;
        if (isBlocked)
        {
            throw new SqliteException("Another process reads the store.", StoreUnavailableException.Busy);
        }

        // Another log that lies there by now belongs to another state of the store: SQLite would take it for ours at the next opening.
        if (new FileInfo(_path + LogSuffix) is { Exists: true, Length: > 0 } other && !IsWhereItWas(_files[1]))
        {
            other.MoveTo(_path + SetAsideSuffix, overwrite: true);
        }
    }

    public void Dispose() => Connection.Dispose();

    private static bool IsWhereItWas((string Path, FileIdentity? Identity) file) =>
        file.Identity is not { } known || FileIdentity.Of(file.Path) is not { } now || now == known;
}
