using System.Collections.Concurrent;
using Plimsoll.Candidates;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Tests.Candidates;

/// <summary>Says yes to everything and keeps what it was asked; or fails as a test tells it to.</summary>
internal sealed class RecordingJudge : ICandidateJudge
{
    public ConcurrentQueue<Candidate> Candidates { get; } = new();

    public ConcurrentQueue<RefusedSighting> Refusals { get; } = new();

    public Func<Candidate, Exception?> Fails { get; set; } = _ => null;

    public IReadOnlyList<string> Tags => [.. Candidates.Select(candidate => candidate.Artifact.Tag)];

    public Task<IReadOnlyList<Judgement>> JudgeAsync(Candidate candidate, CancellationToken cancellationToken)
    {
        if (Fails(candidate) is { } problem)
        {
            return Task.FromException<IReadOnlyList<Judgement>>(problem);
        }

        Candidates.Enqueue(candidate);
        return Task.FromResult<IReadOnlyList<Judgement>>([new Judgement(Verdict.Deploy, "matches", "It matches.", "shop", "rel", "abc")]);
    }

    public Task<IReadOnlyList<Judgement>?> JudgeIfAsync(Candidate candidate, Func<WriteScope, bool> isWanted, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Whoever detects does not answer for people.");

    public Task<Judgement> RecordRefusalAsync(RefusedSighting sighting, CancellationToken cancellationToken)
    {
        Refusals.Enqueue(sighting);
        return Task.FromResult(new Judgement(sighting.Verdict, sighting.ReasonCode, sighting.Reason, null, null, null));
    }
}
