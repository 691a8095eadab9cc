using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using SQLitePCL;

namespace Plimsoll.Plumbing.Database;

/// <summary>
/// The one SQLite file. Reads run side by side; writes run one after another, each in an immediate transaction that is
/// on the disk (WAL, synchronous=FULL) when <see cref="WriteAsync{T}"/> returns. Work inside a write must be short:
/// every other writer waits for it.
/// </summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly string _connectionString;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly StoreFiles _files;

    public Store(string path, ILogger<Store>? log = null)
    {
        SqliteSetup.Once();
        Path = path;
        // Private cache: a shared one answers SQLITE_LOCKED, which the busy handler does not cover.
        var connection = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Cache = SqliteCacheMode.Private,
            ForeignKeys = true,
            DefaultTimeout = 5,
        };
        _connectionString = connection.ToString();
        connection.Pooling = false;
        _files = new StoreFiles(path, connection.ToString(), ClearPool, log ?? NullLogger<Store>.Instance);
    }

    public string Path { get; }

    /// <summary>Who keeps the audit trail; null before the program is put together, and in parts that are used alone.</summary>
    public IChangeRecorder? Recorder { get; set; }

    /// <exception cref="StoreUnavailableException">It cannot be read just now.</exception>
    public T Read<T>(Func<SqliteConnection, T> work) => Use("read", access => WithConnection(access, work));

    /// <summary>Looks whether the files are those that were opened, and mends what can be mended.</summary>
    /// <exception cref="StoreUnavailableException">They were not.</exception>
    public void Look()
    {
        using var _ = _files.Enter("read");
    }

    /// <summary>Runs <paramref name="work"/> in one transaction. What it registered with <see cref="WriteScope.AfterCommit"/> runs after the commit.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be written just now; nothing was changed.</exception>
    public async Task<T> WriteAsync<T>(Func<WriteScope, T> work, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        WriteScope? scope = null;
        T result;
        try
        {
            result = Use("write", access => InTransaction(access, scope = new WriteScope(access.Writer, Recorder), work));
        }
        finally
        {
            _writer.Release();
        }

        scope!.RunAfterCommit();
        return result;
    }

    public Task WriteAsync(Action<WriteScope> work, CancellationToken cancellationToken) =>
        WriteAsync(
            scope =>
            {
                work(scope);
                return true;
            },
            cancellationToken);

    public ValueTask DisposeAsync()
    {
        ClearPool();
        _files.Dispose();
        _writer.Dispose();
        return ValueTask.CompletedTask;
    }

    private T Use<T>(string attempt, Func<StoreFiles.Access, T> work)
    {
        using var access = _files.Enter(attempt);
        try
        {
            return work(access);
        }
        catch (SqliteException problem) when (StoreUnavailableException.From(problem, Path, attempt) is StoreUnavailableException unavailable)
        {
            throw unavailable;
        }
    }

    private T WithConnection<T>(StoreFiles.Access access, Func<SqliteConnection, T> work)
    {
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        connection.Execute("PRAGMA journal_mode = WAL;");
        // A new connection has opened the files by their names just now.
        access.EnsureInPlace();
        return work(connection);
    }

    private static T InTransaction<T>(StoreFiles.Access access, WriteScope scope, Func<WriteScope, T> work)
    {
        var connection = scope.Connection;
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            var result = work(scope);
            // What goes into a deleted log from here on shares the fate of all that went into it before: it is saved by the next look.
            access.EnsureInPlace();
            connection.Execute("COMMIT");
            return result;
        }
        catch
        {
            RollBack(connection);
            throw;
        }
    }

    private void ClearPool()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private static void RollBack(SqliteConnection connection)
    {
        // On a full disk SQLite rolls back by itself (sqlite.org/lang_transaction.html), and a second rollback is an error
        // that would hide the first one.
        if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            connection.Execute("ROLLBACK");
        }
    }
}
