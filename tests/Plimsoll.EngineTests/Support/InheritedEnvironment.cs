using System.Collections;

namespace Plimsoll.EngineTests.Support;

/// <summary>What the shell that started the tests has set must not change how the programs under test behave.</summary>
internal static class InheritedEnvironment
{
    /// <summary>Removes every inherited variable that begins so; to be added to.</summary>
    public static Dictionary<string, string?> Without(params IReadOnlyList<string> prefixes) =>
        Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(entry => (string)entry.Key)
            .Where(name => prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            .ToDictionary(name => name, _ => (string?)null);
}
