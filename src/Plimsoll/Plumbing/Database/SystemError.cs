using System.Runtime.InteropServices;

namespace Plimsoll.Plumbing.Database;

/// <summary>What the system says where SQLite only says "disk I/O error".</summary>
internal static class SystemError
{
    public const int NotPermitted = 1;
    public const int AccessDenied = 13;
    public const int DiskFull = 28;
    public const int ReadOnlyFileSystem = 30;
    public const int QuotaExceeded = 122;

    /// <summary>
    /// Of opening a file for writing, without writing; 0: none. Only for a file without locks: closing it gives up all that
    /// this process holds on it.
    /// </summary>
    public static int OfOpening(string file)
    {
        try
        {
            using var opened = File.OpenHandle(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            return 0;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The number of the system is in the innermost.
            return problem is FileNotFoundException or DirectoryNotFoundException ? 0 : problem.GetBaseException().HResult;
        }
    }

    public static string Name(int error) => Marshal.GetPInvokeErrorMessage(error);
}
