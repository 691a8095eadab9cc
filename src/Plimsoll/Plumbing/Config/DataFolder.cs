namespace Plimsoll.Plumbing.Config;

/// <summary>The folder that holds all that Plimsoll knows. Only its owner may look inside, and only one Plimsoll may use it at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockName = "plimsoll.lock";

    /// <summary>EWOULDBLOCK, which is what the kernel says of a lock that another process holds (flock(2)).</summary>
    private const int WouldBlock = 11;

    private readonly FileStream _lock;

    private DataFolder(FileStream @lock) => _lock = @lock;

    /// <summary>Makes the folder if need be and holds it until disposed. The kernel lets go of it when the process ends, however it ends.</summary>
    /// <exception cref="SettingsException">The folder cannot be made or written, or another Plimsoll uses it.</exception>
    public static DataFolder Claim(string path)
    {
        try
        {
            var folder = Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            // An older folder may be open to others; what is inside is not for them.
            folder.UnixFileMode &= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            return new DataFolder(new FileStream(Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException problem) when (problem.HResult == WouldBlock)
        {
            throw new SettingsException([$"{EnvironmentSettings.Data}: the folder {path} is in use by another Plimsoll. Stop that one, or choose another folder. ({problem.Message})"]);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"{EnvironmentSettings.Data}: the folder {path} cannot be written: {problem.Message} Choose another folder or change its owner."]);
        }
    }

    public void Dispose() => _lock.Dispose();
}
