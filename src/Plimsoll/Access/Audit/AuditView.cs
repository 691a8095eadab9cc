using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plimsoll.Access.Audit;

/// <summary>
/// What the trail keeps of a thing before and after a change: only the fields that differ, and none of the secrets. Pure.
/// </summary>
internal static class AuditView
{
    public const string Hidden = "••••••••";
    private const int LongestText = 2_000;
    private const int LongestWhole = 16 * 1024;

    /// <summary>Parts of names whose value is a secret, wherever they occur.</summary>
    private static readonly string[] SecretNames = ["password", "token", "secret", "hash", "sealed"];

    /// <summary>Objects whose every value may be one: variables hold passwords under any name.</summary>
    private static readonly string[] SecretObjects = ["env", "environment"];

    public static (JsonNode? Before, JsonNode? After) Of(JsonNode? before, JsonNode? after)
    {
        if (before is JsonObject old && after is JsonObject now)
        {
            KeepDifferences(old, now);
        }

        return (Bounded(Hide(before, secret: false)), Bounded(Hide(after, secret: false)));
    }

    private static void KeepDifferences(JsonObject before, JsonObject after)
    {
        foreach (var name in before.Select(field => field.Key).Intersect(after.Select(field => field.Key)).ToList())
        {
            if (JsonNode.DeepEquals(before[name], after[name]))
            {
                before.Remove(name);
                after.Remove(name);
            }
            else if (before[name] is JsonObject inner && after[name] is JsonObject innerAfter)
            {
                KeepDifferences(inner, innerAfter);
            }
        }
    }

    private static JsonNode? Hide(JsonNode? node, bool secret)
    {
        switch (node)
        {
            case JsonObject fields:
                return new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, Hide(field.Value, secret || IsSecret(field.Key)))));
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Hide(item, secret))]);
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                var text = value.GetValue<string>();
                return secret ? Hidden : text.Length > LongestText ? text[..LongestText] + "…" : text;
            case JsonValue value:
                return secret && value.GetValueKind() == JsonValueKind.Number ? Hidden : value.DeepClone();
            default:
                return null;
        }
    }

    private static bool IsSecret(string name) =>
        SecretObjects.Contains(name, StringComparer.OrdinalIgnoreCase)
        || Array.Exists(SecretNames, secret => name.Contains(secret, StringComparison.OrdinalIgnoreCase));

    private static JsonNode? Bounded(JsonNode? node) =>
        node is null || node.ToJsonString().Length <= LongestWhole ? node : new JsonObject { ["leftOut"] = "It is too large to be kept here." };
}
