using Plimsoll.Registry;

namespace Plimsoll.Decisions;

/// <summary>A block as it is stored.</summary>
internal sealed record StoredBlock
{
    public long StageId { get; init; }
    public Digest Digest { get; init; }
    public string Repository { get; init; } = "";
    public string Tag { get; init; } = "";
    public string ReasonCode { get; init; } = "";
    public string Reason { get; init; } = "";
    public string DeploymentId { get; init; } = "";
    public DateTimeOffset BlockedAt { get; init; }
}
