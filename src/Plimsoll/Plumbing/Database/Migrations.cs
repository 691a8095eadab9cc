using System.Globalization;
using System.Reflection;
using Dapper;

namespace Plimsoll.Plumbing.Database;

/// <summary>
/// Applies the numbered .sql files that the store has not seen, each in one transaction together with the record of it.
/// A store written by a newer Plimsoll is refused: an old program must not guess at a new shape.
/// </summary>
internal static class Migrations
{
    private const string ResourcePrefix = "Plimsoll.Plumbing.Database.Migrations.";

    public static async Task<int> ApplyAsync(Store store, CancellationToken cancellationToken)
    {
        var scripts = Load();
        var newest = scripts[^1].Number;
        while (true)
        {
            // Only ever the next one, then look again: what is pending may depend on what has just run.
            var current = store.Read(connection => connection.QuerySingle<int>("PRAGMA user_version"));
            if (current > newest)
            {
                throw new NewerStoreException(store.Path, current, newest);
            }

            var next = scripts.FirstOrDefault(script => script.Number > current);
            if (next is null)
            {
                return current;
            }

            await store.WriteAsync(
                scope =>
                {
                    scope.Execute(next.Sql);
                    scope.Execute($"PRAGMA user_version = {next.Number.ToString(CultureInfo.InvariantCulture)}");
                },
                cancellationToken);
        }
    }

    private static List<Script> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .Select(name => new Script(int.Parse(name.AsSpan(ResourcePrefix.Length, 4), CultureInfo.InvariantCulture), ReadText(assembly, name)))
            .OrderBy(script => script.Number)
            .ToList();
    }

    private static string ReadText(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private sealed record Script(int Number, string Sql);
}
