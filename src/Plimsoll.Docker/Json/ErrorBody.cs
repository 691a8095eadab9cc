using System.Text.Json.Serialization;

namespace Plimsoll.Docker;

internal sealed record ErrorBody([property: JsonPropertyName("message")] string? Message);
