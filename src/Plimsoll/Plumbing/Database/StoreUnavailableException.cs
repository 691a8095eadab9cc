using Microsoft.Data.Sqlite;

namespace Plimsoll.Plumbing.Database;

/// <summary>The store could not be read or written. Nothing was changed by the attempt.</summary>
internal sealed class StoreUnavailableException(string message, Exception? inner) : Exception(message, inner)
{
    public const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;
    private const string FullAdvice = "the disk is full. Free some space; Plimsoll goes on by itself.";

    /// <summary>Names the cause in words. A programming error (bad SQL, broken constraint) is passed on as it is: it is not the store's fault.</summary>
    public static Exception From(SqliteException problem, string path, string attempt) =>
        Advice(problem.SqliteErrorCode, path) is { } advice ? new StoreUnavailableException($"Could not {attempt} the store {path}: {advice}", problem) : problem;

    /// <summary>The cause and what to do about it; null: not the store's fault.</summary>
    public static string? Advice(int sqliteError, string path) => sqliteError switch
    {
        Full => FullAdvice,
        ReadOnly => CauseOf(path) ?? "the file or its folder is read-only. Check the mount and the file's owner.",
        InputOutput => CauseOf(path) ?? "the disk answered with an error. Check the disk and the kernel log.",
        CannotOpen => CauseOf(path) ?? "the file cannot be opened. Check that the folder exists and belongs to the user who runs Plimsoll.",
        Corrupt or NotADatabase => "the file is damaged or is not a Plimsoll store. Stop Plimsoll and restore a backup.",
        Busy or Locked => "another process holds the file. Only one Plimsoll may use a data folder.",
        _ => null,
    };

    /// <summary>The log is what is written first: whether it can be opened for that tells more than SQLite does. Null: it can be.</summary>
    private static string? CauseOf(string path) => SystemError.OfOpening(path + "-wal") switch
    {
        0 => null,
        SystemError.DiskFull or SystemError.QuotaExceeded => FullAdvice,
        SystemError.ReadOnlyFileSystem => "the file system has become read-only, as the kernel makes it after an error of the disk. Look into the kernel log and have the file system checked; what is in the store is safe.",
        (SystemError.NotPermitted or SystemError.AccessDenied) and var error => $"the system does not allow it ({SystemError.Name(error)}). Check the file's owner, mode and attributes; Plimsoll goes on by itself.",
        var error => $"the disk answered with an error ({SystemError.Name(error)}). Check the disk and the kernel log.",
    };
}
