namespace Plimsoll.Plumbing.Config;

/// <summary>The folder that holds all that Plimsoll knows. Only its owner may look inside.</summary>
internal static class DataFolder
{
    /// <exception cref="SettingsException">The folder cannot be made or written.</exception>
    public static void Prepare(string path)
    {
        try
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var probe = Path.Combine(path, ".write-probe");
            File.WriteAllBytes(probe, [1]);
            File.Delete(probe);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"{EnvironmentSettings.Data}: the folder {path} cannot be written: {problem.Message} Choose another folder or change its owner."]);
        }
    }
}
