using System.Globalization;
using Dapper;
using Plimsoll.Apps.Api;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;

namespace Plimsoll.Apps.Seed;

/// <summary>
/// Brings a configuration file into the store, whole or not at all. It only adds: what is there already in the same form
/// is left alone, what is there in another form is a conflict. The settings a file names replace those of the store.
/// </summary>
internal sealed class SeedImport(Store store, SeedWriter writer, RegistryStore registries, EventLog events, TimeProvider time)
{
    private const string ImportedAtKey = "seed_imported_at";

    /// <summary>Imports the file of the first launch; null when this is not the first launch any more, and the file is then not looked at.</summary>
    /// <exception cref="SeedException">The file is not there, has mistakes, or conflicts with the store.</exception>
    public async Task<ImportResponse?> ImportOnFirstLaunchAsync(string path, CancellationToken cancellationToken)
    {
        var isFirst = store.Read(connection =>
            SettingsStore.Value(connection, ImportedAtKey) is null && connection.QuerySingle<long>("SELECT count(*) FROM projects") == 0);
        return isFirst ? await ImportAsync(SeedFile.Read(path, RegistryNames()), cancellationToken) : null;
    }

    /// <exception cref="SeedException">The text has mistakes or conflicts with the store.</exception>
    public Task<ImportResponse> ImportTextAsync(string text, string fileName, CancellationToken cancellationToken) =>
        ImportAsync(SeedFile.Parse(text, fileName, RegistryNames()), cancellationToken);

    /// <exception cref="SeedException">The file conflicts with the store, or a secret's file cannot be read; nothing was changed.</exception>
    public Task<ImportResponse> ImportAsync(SeedFile file, CancellationToken cancellationToken)
    {
        var problems = new SeedProblems(file.FileName, file.Places);
        var secrets = new SeedSecrets(file, problems);
        var tokens = file.Registries.ToDictionary(registry => registry.Path, registry => secrets.Read(registry.Token), StringComparer.Ordinal);
        var authorities = file.Registries.ToDictionary(registry => registry.Path, registry => Certificates(secrets.Read(registry.Authorities), registry, problems), StringComparer.Ordinal);
        var password = secrets.Read(file.Npm?.Password);
        problems.ThrowIfAny();
        return store.WriteAsync(
            scope =>
            {
                var added = writer.Write(scope, file, tokens, authorities, password, problems);
                // Thrown inside the transaction, so that all of it is undone.
                problems.ThrowIfAny();
                SettingsStore.Put(scope, ImportedAtKey, time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
                scope.Record(new Change("config-imported", file.FileName));
                events.Append(scope, "config-imported", $"{file.FileName} was imported: new are {Count(added.Registries, "registry", "registries")}, {Count(added.Projects, "project", "projects")} and {Count(added.Stages, "stage", "stages")}.");
                return added;
            },
            cancellationToken);
    }

    private static string? Certificates(string? text, SeedRegistry registry, SeedProblems problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        // A path inside what was read is not followed: only the file that the configuration names is.
        var normal = text.TrimStart().StartsWith('/') ? "" : CertificateText.Normal(text);
        if (normal.Length == 0)
        {
            problems.Add(registry.Authorities!.Path, CertificateText.NoCertificate);
        }

        return normal;
    }

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";

    private List<string> RegistryNames() => [.. registries.List().Select(registry => registry.Name)];
}
