using System.Text.Json.Serialization;

namespace Plimsoll.Inventory;

/// <summary>"ok", or what is wrong.</summary>
internal sealed record HealthResponse(string Status);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(HealthResponse))]
internal sealed partial class HealthJson : JsonSerializerContext;
