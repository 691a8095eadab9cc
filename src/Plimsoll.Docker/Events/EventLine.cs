using System.Text.Json.Serialization;

namespace Plimsoll.Docker;

/// <summary>One event as the engine sends it.</summary>
internal sealed record EventLine(
    string? Type,
    string? Action,
    EventLine.Object? Actor,
    [property: JsonPropertyName("time")] long Seconds,
    [property: JsonPropertyName("timeNano")] long Nanoseconds)
{
    [JsonIgnore]
    public long At => Nanoseconds > 0 ? Nanoseconds : Seconds * 1_000_000_000;

    internal sealed record Object(
        [property: JsonPropertyName("ID")] string? Id,
        IReadOnlyDictionary<string, string>? Attributes);
}
