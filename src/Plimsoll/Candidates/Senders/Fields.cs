using System.Text.Json;

namespace Plimsoll.Candidates.Senders;

/// <summary>
/// Looks into JSON of which nothing is certain. A field that is missing, of another kind, too long or not valid text is
/// simply not there; nothing here throws.
/// </summary>
internal static class Fields
{
    /// <summary>No name, address or digest that means something is longer.</summary>
    public const int LongestText = 1_000;

    /// <summary>The object of that name; an element of kind Undefined when there is none.</summary>
    public static JsonElement Object(this JsonElement element, string name) =>
        Find(element, name) is { ValueKind: JsonValueKind.Object } found ? found : default;

    /// <summary>The value of that name, of whatever kind.</summary>
    public static JsonElement Find(this JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;
        }
        catch (InvalidOperationException)
        {
            // JSON can spell half a surrogate pair in a name; text cannot hold one.
            return default;
        }
    }

    public static bool Has(this JsonElement element, string name) => Find(element, name).ValueKind != JsonValueKind.Undefined;

    /// <summary>The text of that name; null when there is none, and when it is empty.</summary>
    public static string? Text(this JsonElement element, string name) => Text(Find(element, name));

    public static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= LongestText } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The names of an object's fields that are valid text, at most so many.</summary>
    public static IEnumerable<string> Names(this JsonElement element, int most)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var property in element.EnumerateObject().Take(most))
        {
            if (NameOf(property) is { } name)
            {
                yield return name;
            }
        }
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name is { Length: > 0 and <= LongestText } name ? name : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
