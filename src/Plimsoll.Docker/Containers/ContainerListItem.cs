using System.Text.Json.Serialization;

namespace Plimsoll.Docker;

internal sealed record ContainerListItem(
    string? Id,
    IReadOnlyList<string>? Names,
    string? Image,
    [property: JsonPropertyName("ImageID")] string? ImageId,
    string? State,
    string? Status,
    long Created,
    IReadOnlyDictionary<string, string>? Labels,
    ContainerListItem.Settings? NetworkSettings)
{
    internal sealed record Settings(IReadOnlyDictionary<string, Endpoint>? Networks);

    internal sealed record Endpoint([property: JsonPropertyName("IPAddress")] string? Address);
}
