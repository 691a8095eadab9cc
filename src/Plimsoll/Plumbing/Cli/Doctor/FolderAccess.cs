using System.Runtime.InteropServices;

namespace Plimsoll.Plumbing.Cli.Doctor;

/// <summary>Asks the system whether a folder may be written. To try it out would leave a trace; to read the mode would miss read-only mounts and access lists.</summary>
internal static class FolderAccess
{
    private const int Write = 2;
    private const int Enter = 1;

    public static bool MayWrite(string folder) => Access(folder, Write | Enter) == 0;

    [DllImport("libc", EntryPoint = "access")]
    private static extern int Access([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);
}
