using Microsoft.Data.Sqlite;

namespace Plimsoll.EngineTests.Support;

/// <summary>
/// The containers of one Plimsoll. They outlive it, as they should; but each one that a finished test leaves behind has its
/// health checked once a second, and forty of them keep a small machine from doing anything else.
/// </summary>
internal static class MadeContainers
{
    /// <summary>A command has a limit of time; a thousand containers take longer.</summary>
    private const int AtOnce = 50;

    /// <param name="dataFolder">Of a program that has ended.</param>
    public static async Task RemoveAsync(string dockerHost, string dataFolder)
    {
        if (InstallationOf(dataFolder) is not { } installation)
        {
            return;
        }

        try
        {
            var containers = await DockerAsync("ps", "--all", "--quiet", "--filter", $"label=plimsoll.installation={installation}");
            foreach (var some in containers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Chunk(AtOnce))
            {
                await DockerAsync(["rm", "--force", "--volumes", .. some]);
            }
        }
        catch (CommandFailedException)
        {
            // The test has ended its engine, and the containers with it.
        }

        Task<string> DockerAsync(params string[] arguments) =>
            Command.RunAsync("docker", arguments, new Dictionary<string, string?> { ["DOCKER_HOST"] = dockerHost, ["DOCKER_CONTEXT"] = null }, CancellationToken.None);
    }

    /// <summary>The value of the label plimsoll.installation; null: the store cannot be read, or there is none.</summary>
    public static string? InstallationOf(string dataFolder)
    {
        var store = Path.Combine(dataFolder, "plimsoll.db");
        if (!File.Exists(store))
        {
            return null;
        }

        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = store, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT value FROM settings WHERE key = 'installation'";
            return command.ExecuteScalar() as string;
        }
        catch (SqliteException)
        {
            // The test has broken its store, or it never came to one.
            return null;
        }
    }
}
