using System.Security.Cryptography;

namespace Plimsoll.EngineTests.Support;

/// <summary>
/// A fresh folder /tmp/plimsoll-XXXXXX that belongs to this test run. The name is short because a unix socket's path may have
/// 107 bytes at most. The file <c>owner</c> in it says who made it, so that a later run can tell an abandoned folder from a used one.
/// </summary>
public sealed class ScratchFolder : IAsyncDisposable
{
    internal const string Prefix = "/tmp/plimsoll-";
    private const string OwnerFile = "owner";

    private ScratchFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>The last part of the path: unique, and used to mark everything outside the folder that belongs to it.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    public static ScratchFolder Create()
    {
        string path;
        do
        {
            path = Prefix + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 6);
        }
        while (Directory.Exists(path));

        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(System.IO.Path.Combine(path, OwnerFile), Owner(Environment.ProcessId));
        return new ScratchFolder(path);
    }

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    public string Subfolder(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    public async ValueTask DisposeAsync() => await Leftovers.RemoveAsync(Path);

    /// <summary>Folders of test runs that were killed before they could clean up.</summary>
    internal static IReadOnlyList<string> FindAbandoned() =>
    [
        .. Directory.EnumerateDirectories("/tmp", "plimsoll-*").Where(IsAbandoned),
    ];

    private static bool IsAbandoned(string path)
    {
        try
        {
            var owner = File.ReadAllText(System.IO.Path.Combine(path, OwnerFile)).Split(' ');
            return owner.Length == 3
                && owner[2] == ProcessNamespace()
                && int.TryParse(owner[0], out var id)
                && string.Join(' ', owner) != Owner(id);
        }
        catch (IOException)
        {
            // Without a readable owner it is either somebody else's folder or one that is being removed right now.
            return false;
        }
    }

    // Process ids mean something only within their namespace: a folder seen from another container is never judged.
    private static string Owner(int processId) => $"{processId} {RunningProcess.Find(processId)?.StartTime} {ProcessNamespace()}";

    private static string ProcessNamespace() => new FileInfo("/proc/self/ns/pid").LinkTarget ?? "";
}
