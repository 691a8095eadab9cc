namespace Plimsoll.EngineTests.Support;

/// <summary>
/// A real ext4 in a file, which can do what a disk does when it fails. A file system with open files cannot be remounted
/// read-only by hand ("mount point is busy"): in life it is the kernel that does it, after an error, and so it is here.
/// </summary>
public sealed class BreakableDisk : IAsyncDisposable
{
    private readonly ScratchFolder folder;

    private BreakableDisk(ScratchFolder folder) => this.folder = folder;

    public string Path => folder.Subfolder("disk");

    private string Image => folder.PathOf("image");

    public static async Task<BreakableDisk> MountAsync(int megabytes, CancellationToken cancellationToken)
    {
        var disk = new BreakableDisk(ScratchFolder.Create());
        await using (var image = File.Create(disk.Image))
        {
            image.SetLength(megabytes * 1024L * 1024L);
        }

        await Command.RunAsync("mkfs.ext4", ["-q", "-F", disk.Image], cancellationToken);
        await disk.MountAsync(cancellationToken);
        return disk;
    }

    /// <summary>Has the kernel find an error. From now on every write is refused with "read-only file system", also to files that are open.</summary>
    public async Task FailAsync(CancellationToken cancellationToken)
    {
        var device = System.IO.Path.GetFileName(await DeviceAsync(cancellationToken));
        await File.WriteAllTextAsync($"/sys/fs/ext4/{device}/trigger_fs_error", "1", cancellationToken);
    }

    /// <summary>What the person does who looks after the machine. Nobody may have a file open.</summary>
    public async Task RepairAsync(CancellationToken cancellationToken)
    {
        await Command.RunAsync("umount", [Path], cancellationToken);
        // The kernel lets go of the device a moment later, and until then may still write what it knew of the error.
        await Eventually.IsTrueAsync(
            async token => (await DeviceAsync(token)).Length == 0, TimeSpan.FromMinutes(1), () => $"{Image} is still attached to a device.", cancellationToken);
        // Exit code 1 says that there was something to repair, and that it is.
        await Command.RunAsync("sh", ["-c", "e2fsck -f -p \"$1\" || [ $? -eq 1 ]", "sh", Image], cancellationToken);
        await MountAsync(cancellationToken);
    }

    /// <summary>Refuses every write to a file, also by those who have it open, until it is allowed again.</summary>
    public static Task ProtectAsync(string file, bool on, CancellationToken cancellationToken) => Command.RunAsync("chattr", [on ? "+i" : "-i", file], cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Command.RunAsync("umount", ["--lazy", Path], CancellationToken.None);
        await folder.DisposeAsync();
    }

    private async Task<string> DeviceAsync(CancellationToken cancellationToken) =>
        (await Command.RunAsync("losetup", ["--noheadings", "--output", "NAME", "--associated", Image], cancellationToken)).Trim();

    private Task<string> MountAsync(CancellationToken cancellationToken) => Command.RunAsync("mount", ["-o", "loop,errors=remount-ro", Image, Path], cancellationToken);
}
