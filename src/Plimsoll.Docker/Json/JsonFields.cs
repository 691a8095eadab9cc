using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <summary>
/// Reads fields of an engine's document. A field that is absent, null or of another kind reads as absent: the engine omits what is empty,
/// differently from version to version.
/// </summary>
internal static class JsonFields
{
    public static JsonObject? Object(this JsonNode? node, string name) => Field(node, name) as JsonObject;

    public static JsonArray? List(this JsonNode? node, string name) => Field(node, name) as JsonArray;

    public static string? Text(this JsonNode? node, string name) =>
        Field(node, name) is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static string TextOrEmpty(this JsonNode? node, string name) => node.Text(name) ?? "";

    public static long? Number(this JsonNode? node, string name) =>
        Field(node, name) is JsonValue value && value.TryGetValue(out long number) ? number : null;

    public static bool Flag(this JsonNode? node, string name) =>
        Field(node, name) is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    public static DateTimeOffset? Time(this JsonNode? node, string name) => EngineTime.Parse(node.Text(name));

    public static IReadOnlyList<string> Texts(this JsonNode? node, string name) =>
        node.List(name) is { } list
            ? [.. list.OfType<JsonValue>().Select(value => value.TryGetValue(out string? text) ? text : null).OfType<string>()]
            : [];

    public static IReadOnlyDictionary<string, string> TextMap(this JsonNode? node, string name)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Object(name) ?? [])
        {
            map[key] = value is JsonValue text && text.TryGetValue(out string? held) ? held : "";
        }

        return map;
    }

    public static JsonObject ToJson(this IReadOnlyDictionary<string, string> map) =>
        new(map.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));

    public static JsonArray ToJson(this IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode?)text)];

    private static JsonNode? Field(JsonNode? node, string name) =>
        node is JsonObject holder && holder.TryGetPropertyValue(name, out var field) ? field : null;
}
