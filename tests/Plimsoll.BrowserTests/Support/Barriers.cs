using System.Text.Json;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.BrowserTests.Support;

/// <summary>What keeps people out of a page, by the rules of axe.</summary>
internal static class Barriers
{
    private static readonly Lazy<string> Source = new(() => File.ReadAllText(RepositoryFiles.PathOf("web", "node_modules", "axe-core", "axe.min.js")));

    /// <summary>Evaluated rather than loaded: the page's policy lets no foreign script in.</summary>
    /// <returns>What is serious or critical, a line each.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(Person person)
    {
        await person.Page.EvaluateAsync(Source.Value);
        var found = await person.Page.EvaluateAsync<JsonElement>(
            """
            async () => (await globalThis.axe.run()).violations
                .filter(({ impact }) => ['serious', 'critical'].includes(impact))
                .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length} times, first ${nodes[0].target})`)
            """);
        return [.. found.EnumerateArray().Select(line => $"{person.Page.Url} {line.GetString()}")];
    }
}
