namespace Plimsoll.Candidates;

/// <summary>
/// Turned round: detecting comes before deciding in the story, but whoever detects wants to hear what was decided.
/// The implementation decides and, if the answer is yes, queues, in one transaction.
/// </summary>
internal interface ICandidateJudge
{
    /// <returns>One judgement for each stage that was looked at; at least one.</returns>
    Task<IReadOnlyList<Judgement>> JudgeAsync(Candidate candidate, CancellationToken cancellationToken);

    /// <summary>Records why something that never became a candidate (no such tag, registry refused) was not deployed.</summary>
    Task<Judgement> RecordRefusalAsync(RefusedSighting sighting, CancellationToken cancellationToken);
}
