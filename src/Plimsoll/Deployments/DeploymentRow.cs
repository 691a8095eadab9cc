using Plimsoll.Candidates;
using Plimsoll.Registry;

namespace Plimsoll.Deployments;

/// <summary>The columns of a deployment, for Dapper.</summary>
internal sealed class DeploymentRow
{
    public long Sequence { get; init; }
    public string Id { get; init; } = "";
    public long StageId { get; init; }
    public string Repository { get; init; } = "";
    public string Tag { get; init; } = "";
    public Digest Digest { get; init; }
    public string Trigger { get; init; } = "";
    public string RequestedBy { get; init; } = "";
    public string State { get; init; } = "";
    public int Version { get; init; }
    public int Starts { get; init; }
    public DateTimeOffset? StateDeadline { get; init; }
    public DateTimeOffset? Deadline { get; init; }
    public string? CancelRequestedBy { get; init; }
    public string? PreviousInstanceId { get; init; }
    public string? RollbackOf { get; init; }
    public string? Changes { get; init; }
    public byte[]? SnapshotSealed { get; init; }
    public string? ReasonCode { get; init; }
    public string? Reason { get; init; }
    public DateTimeOffset QueuedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    public Deployment ToDeployment() => new()
    {
        Sequence = Sequence,
        Id = Id,
        StageId = StageId,
        Artifact = new Artifact(Repository, Tag, Digest),
        Trigger = Trigger,
        RequestedBy = RequestedBy,
        State = DeploymentTransitions.Parse(State),
        Version = Version,
        Starts = Starts,
        StateDeadline = StateDeadline,
        Deadline = Deadline,
        CancelRequestedBy = CancelRequestedBy,
        PreviousInstanceId = PreviousInstanceId,
        RollbackOf = RollbackOf,
        Changes = Changes,
        SnapshotSealed = SnapshotSealed,
        ReasonCode = ReasonCode,
        Reason = Reason,
        QueuedAt = QueuedAt,
        StartedAt = StartedAt,
        FinishedAt = FinishedAt,
    };
}
