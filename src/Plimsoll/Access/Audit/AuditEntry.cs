using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plimsoll.Access.Audit;

/// <summary>One line of the audit trail.</summary>
/// <param name="Who">A user's name, <c>token ci</c>, or <c>Plimsoll</c> for what it did by itself.</param>
/// <param name="Address">Where the request came from; null for what was not asked for by one.</param>
/// <param name="Before">The fields that the change touched, as they were; null: it was not there.</param>
/// <param name="After">The same fields afterwards; null: it is gone. Secrets are <c>••••••••</c> on both sides.</param>
public sealed record AuditEntry(
    long Id, DateTimeOffset At, string Who, string? Address, string Action, string Subject, string? Project, JsonNode? Before, JsonNode? After)
{
    internal static JsonNode? Parse(string? json) => json is null ? null : JsonNode.Parse(json);

    internal static string? Text(JsonNode? node) => node?.ToJsonString(Plain);

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
