using System.Globalization;
using System.Text.Json;

namespace Plimsoll.Registry;

/// <summary>
/// Reads documents that somebody else wrote: a member of the wrong kind counts as absent, and nothing throws. In particular a string with
/// half a surrogate pair parses as JSON and throws only when it is read.
/// </summary>
internal static class JsonReading
{
    private static readonly JsonDocumentOptions lenient = new();
    private static readonly JsonDocumentOptions strict = new() { AllowDuplicateProperties = false };

    /// <summary>The root object, or null when the bytes are no JSON object.</summary>
    public static JsonElement? ObjectOf(ReadOnlyMemory<byte> bytes) => Parse(bytes, lenient);

    /// <summary>
    /// The same, and null when a key is there twice: each reader takes another one then, so an engine might run what was not looked at here.
    /// </summary>
    public static JsonElement? UnambiguousObjectOf(ReadOnlyMemory<byte> bytes) => Parse(bytes, strict);

    private static JsonElement? Parse(ReadOnlyMemory<byte> bytes, JsonDocumentOptions options)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    public static string? Text(this JsonElement element, string name) => element.Member(name)?.AsText();

    public static string? AsText(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A whole number, also when it was written as a string.</summary>
    public static long? Number(this JsonElement element, string name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var value) => value,
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out var value) && Math.Abs(value) < long.MaxValue => (long)value,
        { ValueKind: JsonValueKind.String } text when long.TryParse(text.AsText(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>The strings of a list; a single string counts as a list of one, as very old images have it.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement element, string name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } single when single.AsText() is { } text => [text],
        { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray().Select(AsText).OfType<string>()],
        _ => [],
    };

    public static IEnumerable<(string Name, JsonElement Value)> Members(this JsonElement element, string name)
    {
        if (element.Member(name) is not { ValueKind: JsonValueKind.Object } found)
        {
            yield break;
        }

        foreach (var property in found.EnumerateObject())
        {
            if (NameOf(property) is { } key)
            {
                yield return (key, property.Value);
            }
        }
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
