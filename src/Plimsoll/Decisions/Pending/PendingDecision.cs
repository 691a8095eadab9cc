using Plimsoll.Candidates;
using Plimsoll.Registry;

namespace Plimsoll.Decisions.Pending;

/// <summary>A question to a person, as it is stored. Its number is that of the decision that asked.</summary>
internal sealed record PendingDecision
{
    public long Id { get; init; }

    /// <summary>Null: the stage is gone, or it is about a container.</summary>
    public long? StageId { get; init; }
    public long? ProjectId { get; init; }
    public string? Project { get; init; }
    public string? Stage { get; init; }
    public string? Container { get; init; }
    public string Repository { get; init; } = "";
    public string Tag { get; init; } = "";
    public Digest Digest { get; init; }
    public string Trigger { get; init; } = "";
    public string RequestedBy { get; init; } = "";
    public string? DeliveryId { get; init; }
    public DateTimeOffset AskedAt { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public string ReasonCode { get; init; } = "";
    public string Reason { get; init; } = "";
    public PendingState State { get; init; }

    /// <summary>An answer that still counts: an approval that waits for its time, or a decline of a digest that is still the one.</summary>
    public bool InEffect { get; init; }

    /// <summary>Whether the approval was given with the confirmation that the stage wants.</summary>
    public bool Confirmed { get; init; }
    public string? AnsweredBy { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? ClosedReason { get; init; }
    public string? Note { get; init; }

    /// <summary>What became of an approval, in lower case; null: not approved.</summary>
    public string? Verdict { get; init; }
    public string? VerdictCode { get; init; }
    public string? DeploymentId { get; init; }

    public string Place => Container ?? $"{Project}/{Stage}";

    /// <summary>As it was when it came in.</summary>
    public Candidate ToCandidate() => new()
    {
        Artifact = new Artifact(Repository, Tag, Digest),
        Trigger = Enum.Parse<CandidateTrigger>(Trigger, ignoreCase: true),
        RequestedBy = RequestedBy,
        StageId = StageId,
        DeliveryId = DeliveryId,
        AskedAt = AskedAt,
        IsRepeated = true,
    };
}
