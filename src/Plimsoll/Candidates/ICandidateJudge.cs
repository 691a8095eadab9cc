using Plimsoll.Plumbing.Database;

namespace Plimsoll.Candidates;

/// <summary>
/// Turned round: detecting comes before deciding in the story, but whoever detects wants to hear what was decided.
/// The implementation decides and, if the answer is yes, queues, in one transaction.
/// </summary>
internal interface ICandidateJudge
{
    /// <returns>One judgement for each stage that was looked at; at least one.</returns>
    Task<IReadOnlyList<Judgement>> JudgeAsync(Candidate candidate, CancellationToken cancellationToken);

    /// <param name="isWanted">Asked first, in the transaction of the judgement, and may write into it.</param>
    /// <returns>Null: it is not wanted any more, and nothing was judged.</returns>
    Task<IReadOnlyList<Judgement>?> JudgeIfAsync(Candidate candidate, Func<WriteScope, bool> isWanted, CancellationToken cancellationToken);

    /// <summary>Records why something that never became a candidate (no such tag, registry refused) was not deployed.</summary>
    Task<Judgement> RecordRefusalAsync(RefusedSighting sighting, CancellationToken cancellationToken);
}
