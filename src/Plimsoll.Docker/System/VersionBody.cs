using System.Text.Json.Serialization;

namespace Plimsoll.Docker;

internal sealed record VersionBody(
    string? Version,
    string? ApiVersion,
    [property: JsonPropertyName("MinAPIVersion")] string? MinApiVersion,
    string? Os,
    string? Arch,
    string? KernelVersion,
    string? GitCommit);
