using Plimsoll.Apps;

namespace Plimsoll.Edge;

/// <summary>A stage that lets no new request through, as it is recorded.</summary>
/// <param name="Traffic">Paused or in maintenance, never open.</param>
/// <param name="Until">Paused: when requests stop waiting.</param>
/// <param name="Message">Maintenance: what visitors are told, as plain text.</param>
internal sealed record HeldStage(long StageId, StageTraffic Traffic, DateTimeOffset? Until = null, string? Message = null);
