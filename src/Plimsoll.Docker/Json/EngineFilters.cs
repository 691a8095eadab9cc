using System.Text.Json;

namespace Plimsoll.Docker;

/// <summary>The "filters" parameter: values of one key are alternatives (labels: all must match), different keys must all match.</summary>
internal static class EngineFilters
{
    /// <summary>Null, that is no parameter at all, when no key has a value.</summary>
    public static string? Of(params ReadOnlySpan<(string Key, IReadOnlyList<string> Values)> filters)
    {
        var map = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (key, values) in filters)
        {
            if (values.Count > 0)
            {
                map[key] = values;
            }
        }

        return map.Count == 0 ? null : JsonSerializer.Serialize(map, WireJson.Default.DictionaryStringIReadOnlyListString);
    }
}
