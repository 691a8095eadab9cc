using System.Text.Json;

namespace Plimsoll.Candidates.Senders;

/// <summary>Azure Container Registry: one event of the Distribution registry, without the envelope and with a plain content type.</summary>
internal static class AzureEvent
{
    public static bool Recognises(JsonElement body) => body.Has("action") && body.Object("target").ValueKind == JsonValueKind.Object;

    public static PushReading Read(JsonElement body, string? knownAs) => PushReading.Of(
        SenderKind.Azure,
        [body.Text("action") is { } action && action.StartsWith("chart_", StringComparison.Ordinal)
            ? Ignored.NotAnImage("The event tells of a Helm chart.")
            : DistributionEvents.ReadEvent(body, knownAs)]);
}
