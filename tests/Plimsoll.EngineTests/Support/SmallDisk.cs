namespace Plimsoll.EngineTests.Support;

/// <summary>A real file system of a few megabytes, which can be filled to the last byte.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private const string Ballast = "ballast";
    private readonly ScratchFolder folder;

    private SmallDisk(ScratchFolder folder) => this.folder = folder;

    public string Path => folder.Path;

    public static async Task<SmallDisk> MountAsync(int megabytes, CancellationToken cancellationToken)
    {
        var disk = new SmallDisk(ScratchFolder.Create());
        await Command.RunAsync("mount", ["-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk.Path], cancellationToken);
        return disk;
    }

    public void Fill()
    {
        using var file = File.Create(System.IO.Path.Combine(Path, Ballast), bufferSize: 1);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full: that was the aim.
        }
    }

    public void Empty() => File.Delete(System.IO.Path.Combine(Path, Ballast));

    public async ValueTask DisposeAsync()
    {
        await Command.RunAsync("umount", ["--lazy", Path], CancellationToken.None);
        await folder.DisposeAsync();
    }
}
