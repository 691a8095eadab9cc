using System.Text.Json.Serialization;

namespace Plimsoll.Docker;

/// <summary>One line of the stream that a pull answers with.</summary>
internal sealed record PullLine(
    [property: JsonPropertyName("id")] string? Id,
    [property: JsonPropertyName("status")] string? Status,
    [property: JsonPropertyName("progressDetail")] PullLine.Progress? ProgressDetail,
    [property: JsonPropertyName("error")] string? Error,
    [property: JsonPropertyName("errorDetail")] PullLine.Detail? ErrorDetail)
{
    /// <summary>Engines up to API 1.47 fill both fields; later ones may leave out the first.</summary>
    [JsonIgnore]
    public string? Failure => ErrorDetail?.Message ?? Error ?? (ErrorDetail is null ? null : "The engine reported an error without a message.");

    internal sealed record Progress(
        [property: JsonPropertyName("current")] long? Current,
        [property: JsonPropertyName("total")] long? Total);

    internal sealed record Detail([property: JsonPropertyName("message")] string? Message);
}
