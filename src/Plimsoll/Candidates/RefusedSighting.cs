namespace Plimsoll.Candidates;

/// <summary>Something that was pointed at but could not be looked up.</summary>
internal sealed record RefusedSighting(
    string Repository,
    string Tag,
    CandidateTrigger Trigger,
    Verdict Verdict,
    string ReasonCode,
    string Reason,
    string? DeliveryId,
    long? StageId = null);
