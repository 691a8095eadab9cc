using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Plimsoll.Plumbing.Database;

/// <summary>What the system said when SQLite only says "disk I/O error".</summary>
internal static class SystemError
{
    public const int NotPermitted = 1;
    public const int AccessDenied = 13;
    public const int DiskFull = 28;
    public const int ReadOnlyFileSystem = 30;
    public const int QuotaExceeded = 122;

    /// <summary>Of the last failure of this connection; 0: none, or not known.</summary>
    public static int Of(SqliteConnection connection) => connection.Handle is { IsInvalid: false } handle ? Ask(handle) : 0;

    public static string Name(int error) => Marshal.GetPInvokeErrorMessage(error);

    // The wrapper has no name for it.
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_system_errno")]
    private static extern int Ask(SafeHandle connection);
}
