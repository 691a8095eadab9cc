using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Plimsoll.Plumbing.Database;

/// <summary>Which file a name leads to, beyond its name: a file that was deleted and made anew is another one.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Inode)
{
    private const int NoSuchFile = 2;
    private const int CurrentFolder = -100;
    private const int DoNotFollow = 0x100;
    private const uint WantInode = 0x100;
    private const int SizeOfAnswer = 256;
    private const int InodeAt = 32;
    private const int DeviceAt = 136;

    /// <summary>No file has this one.</summary>
    public static readonly FileIdentity Missing = new(0, 0);

    /// <summary>Null: the system does not say, which means nothing.</summary>
    public static FileIdentity? Of(string path)
    {
        // The layout of this answer is the same on every processor, other than that of stat (man 2 statx).
        Span<byte> answer = stackalloc byte[SizeOfAnswer];
        if (Ask(CurrentFolder, path, DoNotFollow, WantInode, ref MemoryMarshal.GetReference(answer)) == 0)
        {
            return new FileIdentity(BinaryPrimitives.ReadUInt64LittleEndian(answer[DeviceAt..]), BinaryPrimitives.ReadUInt64LittleEndian(answer[InodeAt..]));
        }

        return Marshal.GetLastPInvokeError() == NoSuchFile ? Missing : null;
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static extern int Ask(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, ref byte answer);
}
