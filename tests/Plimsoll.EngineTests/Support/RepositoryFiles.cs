namespace Plimsoll.EngineTests.Support;

/// <summary>Where this repository lies, found from the place of the test assembly.</summary>
internal static class RepositoryFiles
{
    /// <summary>tests/X/bin/Debug/net10.0/: the folder above the framework's is the configuration.</summary>
    public static string Configuration => new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Parent!.Name;

    public static string Root
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Plimsoll.slnx")))
                {
                    return folder.FullName;
                }
            }

            throw new DirectoryNotFoundException($"No Plimsoll.slnx above {AppContext.BaseDirectory}.");
        }
    }

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);
}
