using Microsoft.Data.Sqlite;

namespace Plimsoll.Plumbing.Database;

/// <summary>The store could not be read or written. Nothing was changed by the attempt.</summary>
internal sealed class StoreUnavailableException(string message, Exception? inner) : Exception(message, inner)
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>Names the cause in words. A programming error (bad SQL, broken constraint) is passed on as it is: it is not the store's fault.</summary>
    public static Exception From(SqliteException problem, string path, string attempt)
    {
        var advice = problem.SqliteErrorCode switch
        {
            Full => "the disk is full. Free some space; Plimsoll goes on by itself.",
            ReadOnly => "the file or its folder is read-only. Check the mount and the file's owner.",
            InputOutput => "the disk answered with an error. Check the disk and the kernel log.",
            CannotOpen => "the file cannot be opened. Check that the folder exists and belongs to the user who runs Plimsoll.",
            Corrupt or NotADatabase => "the file is damaged or is not a Plimsoll store. Stop Plimsoll and restore a backup.",
            Busy or Locked => "another process holds the file. Only one Plimsoll may use a data folder.",
            _ => null,
        };
        return advice is null ? problem : new StoreUnavailableException($"Could not {attempt} the store {path}: {advice}", problem);
    }
}
