using Dapper;
using Microsoft.Data.Sqlite;
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

    public Store(string path)
    {
        SqliteSetup.Once();
        Path = path;
        // Private cache: a shared one answers SQLITE_LOCKED, which the busy handler does not cover.
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Cache = SqliteCacheMode.Private,
            ForeignKeys = true,
            DefaultTimeout = 5,
        }.ToString();
    }

    public string Path { get; }

    /// <summary>Who keeps the audit trail; null before the program is put together, and in parts that are used alone.</summary>
    public IChangeRecorder? Recorder { get; set; }

    public T Read<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            using var connection = Open();
            return work(connection);
        }
        catch (SqliteException problem)
        {
            throw StoreUnavailableException.From(problem, Path, "read");
        }
    }

    /// <summary>Runs <paramref name="work"/> in one transaction. What it registered with <see cref="WriteScope.AfterCommit"/> runs after the commit.</summary>
    public async Task<T> WriteAsync<T>(Func<WriteScope, T> work, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        WriteScope scope;
        T result;
        try
        {
            using var connection = Open();
            connection.Execute("BEGIN IMMEDIATE");
            try
            {
                scope = new WriteScope(connection, Recorder);
                result = work(scope);
                connection.Execute("COMMIT");
            }
            catch
            {
                RollBack(connection);
                throw;
            }
        }
        catch (SqliteException problem)
        {
            throw StoreUnavailableException.From(problem, Path, "write");
        }
        finally
        {
            _writer.Release();
        }

        scope.RunAfterCommit();
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
        using (var connection = new SqliteConnection(_connectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        _writer.Dispose();
        return ValueTask.CompletedTask;
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

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
