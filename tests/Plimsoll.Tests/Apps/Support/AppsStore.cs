using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Apps;
using Plimsoll.Apps.Credentials;
using Plimsoll.Apps.Seed;
using Plimsoll.Candidates;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Secrets;
using Plimsoll.Registry;

namespace Plimsoll.Tests.Apps.Support;

/// <summary>The chapter's stores on a new SQLite file that goes away with the test.</summary>
internal sealed class AppsStore : IAsyncDisposable
{
    private AppsStore(string folder)
    {
        Folder = folder;
        Store = new Store(Path.Combine(folder, "plimsoll.db"));
        Secrets = new SecretBox(EncryptionKey.FromText("a key for tests"));
        Events = new EventLog(Store, TimeProvider.System);
        Settings = new SettingsStore(Store);
        Npm = new NpmAccessStore(Store, Secrets);
        Registries = new RegistryStore(Store, Secrets, TimeProvider.System);
        Projects = new ProjectStore(Store, Secrets, TimeProvider.System);
        Stages = new StageStore(Store);
        Changes = new AppsChanges(Store, Projects, Stages, Settings, Events);
        RegistryChanges = new RegistryChanges(Store, Registries, Changes, Events);
        Ecr = new EcrPasswords(new EcrOptions(), TimeProvider.System);
        Credentials = new RegistryCredentials(Registries, Ecr, new DockerConfig(
            new DockerConfigOptions(null), new CredentialHelper(TimeProvider.System), TimeProvider.System, NullLogger<DockerConfig>.Instance));
        Import = new SeedImport(
            Store, new SeedWriter(Changes, RegistryChanges, Projects, Registries, Settings, Npm), Registries, Events, TimeProvider.System);
    }

    public string Folder { get; }

    public Store Store { get; }

    public SecretBox Secrets { get; }

    public EventLog Events { get; }

    public SettingsStore Settings { get; }

    public NpmAccessStore Npm { get; }

    public RegistryStore Registries { get; }

    public ProjectStore Projects { get; }

    public StageStore Stages { get; }

    public AppsChanges Changes { get; }

    public RegistryChanges RegistryChanges { get; }

    public EcrPasswords Ecr { get; }

    public RegistryCredentials Credentials { get; }

    public SeedImport Import { get; }

    public static async Task<AppsStore> CreateAsync()
    {
        var apps = new AppsStore(Directory.CreateTempSubdirectory("plimsoll-apps-").FullName);
        await Migrations.ApplyAsync(apps.Store, TestContext.Current.CancellationToken);
        return apps;
    }

    public RegistryDesk Desk(RegistryClient client, TimeProvider? time = null) =>
        new(client, Credentials, new RecentAnswers(Settings, Changes, time ?? TimeProvider.System));

    /// <summary>Writes a file beside the store.</summary>
    public string File(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Every row of every table of the chapter, to see that nothing has changed.</summary>
    public string Snapshot() => Store.Read(connection => string.Join('\n', new[] { "settings", "registries", "projects", "stages", "events" }.SelectMany(table =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table}";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add($"{table}: {string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(column)))}");
        }

        return rows;
    })));

    public async ValueTask DisposeAsync()
    {
        Ecr.Dispose();
        await Store.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
