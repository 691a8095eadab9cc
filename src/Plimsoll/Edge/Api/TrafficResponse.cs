using Plimsoll.Apps;

namespace Plimsoll.Edge.Api;

/// <summary>What the proxy does with a stage's new requests.</summary>
/// <param name="Traffic"><c>open</c>, <c>paused</c> or <c>maintenance</c>.</param>
/// <param name="Until">Paused: when requests stop waiting and are refused instead. The pause itself ends with a resume only.</param>
/// <param name="Message">Maintenance: what visitors are told.</param>
/// <param name="Waiting">Requests that wait now.</param>
public sealed record TrafficResponse(string Traffic, DateTimeOffset? Until, string? Message, int Waiting)
{
    internal static TrafficResponse From(Stage stage, int waiting) =>
        new(stage.Traffic.ToString().ToLowerInvariant(), stage.TrafficUntil, stage.MaintenanceMessage, waiting);
}
