using Plimsoll.Registry;

namespace Plimsoll.Decisions;

/// <summary>A decision as it is stored.</summary>
internal sealed record RecordedDecision
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }
    public string Trigger { get; init; } = "";
    public string Repository { get; init; } = "";
    public string Tag { get; init; } = "";
    public Digest? Digest { get; init; }
    public long? ProjectId { get; init; }
    public long? StageId { get; init; }
    public string? Project { get; init; }
    public string? Stage { get; init; }

    /// <summary>The container it was about; null: it was about a stage.</summary>
    public string? Container { get; init; }
    public string Verdict { get; init; } = "";
    public string ReasonCode { get; init; } = "";
    public string Reason { get; init; } = "";
    public string Rules { get; init; } = "[]";
    public DateTimeOffset? LookAgainAt { get; init; }

    /// <summary>What the image would change (<see cref="ImageChanges"/>), as JSON; null: not known.</summary>
    public string? Changes { get; init; }
    public string? DeliveryId { get; init; }
    public string? DeploymentId { get; init; }
}
