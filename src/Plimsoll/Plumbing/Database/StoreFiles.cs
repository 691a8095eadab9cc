using Microsoft.Data.Sqlite;

namespace Plimsoll.Plumbing.Database;

/// <summary>
/// Lets nobody use the store while its files are not those that were opened. Whoever finds that out is refused; before they
/// hear of it, what the deleted log holds is in the store, if that can be done at all.
/// </summary>
/// <param name="forgetConnections">Closes every connection that nobody uses, and keeps the others from being used again.</param>
internal sealed partial class StoreFiles(string path, string connectionString, Action forgetConnections, ILogger log) : IDisposable
{
    // A read inside a write is an access inside an access, on one thread.
    private readonly ReaderWriterLockSlim _use = new(LockRecursionPolicy.SupportsRecursion);
    private volatile StoreAnchor? _anchor;
    private string? _said;

    /// <summary>Allows the use of the files until it is disposed, on the same thread.</summary>
    /// <exception cref="StoreUnavailableException">They are not those that were opened.</exception>
    public Access Enter(string attempt)
    {
        while (true)
        {
            // Inside another access nothing can be mended, and that one has looked.
            if (!_use.IsReadLockHeld && _anchor is not { IsInPlace: true })
            {
                Mend(attempt);
            }

            _use.EnterReadLock();
            if (_anchor is not null)
            {
                return new Access(this, attempt);
            }

            // Somebody else has just saved a deleted log and closed the files.
            _use.ExitReadLock();
        }
    }

    public void Dispose()
    {
        _anchor?.Dispose();
        _use.Dispose();
    }

    private void EnsureInPlace(string attempt)
    {
        if (_anchor is not { IsInPlace: true })
        {
            throw new StoreUnavailableException($"Could not {attempt} the store {path}: its write-ahead log was deleted or replaced at this moment. Try again.", null);
        }
    }

    private void Mend(string attempt)
    {
        _use.EnterWriteLock();
        try
        {
            if (_anchor is not { } anchor)
            {
                _anchor = StoreAnchor.Open(path, connectionString);
            }
            else if (!anchor.IsInPlace)
            {
                var trouble = anchor.HasStore ? SaveLog(anchor) : "the file was deleted, moved or replaced while Plimsoll runs. Put it back; to work with another one, stop Plimsoll first.";
                if (trouble != _said)
                {
                    LogTrouble(log, path, trouble);
                }

                // One that is mended may happen again; one that is not is found at every look.
                _said = _anchor is null ? null : trouble;
                throw new StoreUnavailableException($"Could not {attempt} the store {path}: {trouble}", null);
            }
        }
        catch (SqliteException problem)
        {
            throw StoreUnavailableException.From(problem, path, attempt);
        }
        finally
        {
            _use.ExitWriteLock();
        }
    }

    /// <returns>What happened, for whoever is refused. After a success the next access opens the files anew.</returns>
    private string SaveLog(StoreAnchor anchor)
    {
        const string what = "its write-ahead log (-wal, -shm) was deleted or replaced while Plimsoll runs";
        try
        {
            forgetConnections();
            anchor.SaveLog();
            anchor.Dispose();
            _anchor = null;
            return $"{what}. All that was in it has been saved into the store and nothing is lost: try again. Keep other programs away from these files.";
        }
        catch (Exception problem) when (problem is SqliteException or IOException or UnauthorizedAccessException)
        {
            var why = problem is SqliteException sqlite ? StoreUnavailableException.Advice(sqlite.SqliteErrorCode, path) ?? sqlite.Message : problem.Message;
            return $"{what}, and what was in it cannot be saved yet. Do not stop Plimsoll before that: it tries again by itself. The cause: {why}";
        }
    }

    [LoggerMessage(120, LogLevel.Error, "The store {Path}: {Trouble}")]
    private static partial void LogTrouble(ILogger log, string path, string trouble);

    /// <summary>The right to use the files. Ends on the thread on which it began.</summary>
    internal readonly struct Access(StoreFiles files, string attempt) : IDisposable
    {
        /// <summary>For one at a time.</summary>
        public SqliteConnection Writer => files._anchor!.Connection;

        /// <exception cref="StoreUnavailableException">The files are not those that were opened; the next <see cref="Enter"/> mends it.</exception>
        public void EnsureInPlace() => files.EnsureInPlace(attempt);

        public void Dispose() => files._use.ExitReadLock();
    }
}
