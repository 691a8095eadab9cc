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
    private const string ReadOnlyAdvice = "the file or its folder is read-only. Check the mount and the file's owner.";

    /// <summary>Names the cause in words. A programming error (bad SQL, broken constraint) is passed on as it is: it is not the store's fault.</summary>
    /// <param name="systemError">What the system said to SQLite; 0: not known.</param>
    public static Exception From(SqliteException problem, string path, string attempt, int systemError = 0) =>
        Advice(problem.SqliteErrorCode, systemError) is { } advice ? new StoreUnavailableException($"Could not {attempt} the store {path}: {advice}", problem) : problem;

    /// <summary>The cause and what to do about it; null: not the store's fault.</summary>
    public static string? Advice(int sqliteError, int systemError) => sqliteError switch
    {
        Full => FullAdvice,
        ReadOnly => ReadOnlyAdvice,
        InputOutput => AdviceFor(systemError),
        CannotOpen => "the file cannot be opened. Check that the folder exists and belongs to the user who runs Plimsoll.",
        Corrupt or NotADatabase => "the file is damaged or is not a Plimsoll store. Stop Plimsoll and restore a backup.",
        Busy or Locked => "another process holds the file. Only one Plimsoll may use a data folder.",
        _ => null,
    };

    private static string AdviceFor(int systemError) => systemError switch
    {
        SystemError.DiskFull or SystemError.QuotaExceeded => FullAdvice,
        SystemError.ReadOnlyFileSystem => "the file system has become read-only, as the kernel makes it after an error of the disk. Look into the kernel log and have the file system checked; what is in the store is safe.",
        SystemError.NotPermitted or SystemError.AccessDenied => $"the system does not allow it ({SystemError.Name(systemError)}). Check the file's owner, mode and attributes; Plimsoll goes on by itself.",
        0 => "the disk answered with an error. Check the disk and the kernel log.",
        _ => $"the disk answered with an error ({SystemError.Name(systemError)}). Check the disk and the kernel log.",
    };
}
