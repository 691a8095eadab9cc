using Plimsoll.Candidates;
using Plimsoll.Registry;

namespace Plimsoll.Deployments;

/// <summary>One attempt to make a stage run an artifact, as the store has it. Only <see cref="DeploymentStore"/> changes it.</summary>
internal sealed record Deployment
{
    /// <summary>Order among all deployments.</summary>
    public long Sequence { get; init; }

    public required string Id { get; init; }

    public required long StageId { get; init; }

    public required Artifact Artifact { get; init; }

    public required string Trigger { get; init; }

    public required string RequestedBy { get; init; }

    public required DeploymentState State { get; init; }

    /// <summary>Counts the changes; a writer that has an old one writes nothing.</summary>
    public int Version { get; init; }

    /// <summary>How often the candidate was started; more than once only after the engine went away.</summary>
    public int Starts { get; init; }

    /// <summary>When the present state must be over. A stored instant, so that a restart of Plimsoll changes nothing.</summary>
    public DateTimeOffset? StateDeadline { get; init; }

    /// <summary>When the whole deployment must be decided: a stored instant as well.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Who asked to stop it; null: nobody.</summary>
    public string? CancelRequestedBy { get; init; }

    /// <summary>The instance that served before the switch; null: none, or not switched yet.</summary>
    public string? PreviousInstanceId { get; init; }

    /// <summary>The deployment whose version and configuration this one brings back.</summary>
    public string? RollbackOf { get; init; }

    /// <summary>What it changes against what was live when it was decided, in a sentence; null: not known.</summary>
    public string? Changes { get; init; }

    public byte[]? SnapshotSealed { get; init; }

    public string? ReasonCode { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset QueuedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public Digest Digest => Artifact.Digest;

    public bool IsTerminal => DeploymentTransitions.IsTerminal(State);
}
