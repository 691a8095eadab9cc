using Plimsoll.Candidates;
using Plimsoll.Registry;

namespace Plimsoll.Decisions.Waiting;

/// <summary>A candidate that a rule asked to wait, as it is stored.</summary>
internal sealed record WaitingCandidate
{
    public long StageId { get; init; }
    public string Tag { get; init; } = "";
    public string Repository { get; init; } = "";
    public Digest Digest { get; init; }
    public string Trigger { get; init; } = "";
    public string RequestedBy { get; init; } = "";
    public string? DeliveryId { get; init; }
    public DateTimeOffset AskedAt { get; init; }
    public string ReasonCode { get; init; } = "";
    public string Reason { get; init; } = "";
    public DateTimeOffset WaitingSince { get; init; }

    /// <summary>Null: time alone changes nothing; it is looked at when something of the configuration changes.</summary>
    public DateTimeOffset? LookAgainAt { get; init; }

    /// <summary>The tag that came later and waits as well; null: this is the one that is wanted.</summary>
    public string? SupersededBy { get; init; }

    /// <summary>As it was when it came in.</summary>
    public Candidate ToCandidate() => new()
    {
        Artifact = new Artifact(Repository, Tag, Digest),
        Trigger = Enum.Parse<CandidateTrigger>(Trigger, ignoreCase: true),
        RequestedBy = RequestedBy,
        StageId = StageId,
        DeliveryId = DeliveryId,
        AskedAt = AskedAt,
    };
}
