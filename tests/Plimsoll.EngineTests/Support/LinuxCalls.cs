using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Plimsoll.EngineTests.Support;

/// <summary>The few calls of the kernel that .NET has no name for. A process or mount that is already gone is not an error.</summary>
internal static class LinuxCalls
{
    private const int TerminateSignal = 15;
    private const int KillSignal = 9;
    private const int NoSuchProcess = 3;
    private const int InvalidArgument = 22;
    private const int DetachMount = 2;

    public static void Terminate(int processId) => Send(processId, TerminateSignal);

    public static void Kill(int processId) => Send(processId, KillSignal);

    /// <summary>Takes the mount out of the tree at once; the kernel ends it when nobody uses it any more.</summary>
    public static void Unmount(string path)
    {
        if (UnmountCall(path, DetachMount) != 0 && Marshal.GetLastPInvokeError() is var error && error != InvalidArgument)
        {
            throw new Win32Exception(error, $"Cannot unmount {path}");
        }
    }

    private static void Send(int processId, int signal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(processId, 2);
        if (KillCall(processId, signal) != 0 && Marshal.GetLastPInvokeError() is var error && error != NoSuchProcess)
        {
            throw new Win32Exception(error, $"Cannot send signal {signal} to process {processId}");
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int KillCall(int processId, int signal);

    [DllImport("libc", EntryPoint = "umount2", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false)]
    private static extern int UnmountCall(string path, int flags);
}
