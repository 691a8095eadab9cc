using Plimsoll.Apps;
using Plimsoll.Apps.Policies;
using Plimsoll.Candidates;
using Plimsoll.Candidates.Schedules;

namespace Plimsoll.Decisions.Waiting;

/// <summary>The update job's part for stages: what was found for those that wait for the job is judged anew, and now it may go.</summary>
internal sealed class WaitingUpdates(WaitingStore waiting, StageStore stages, ICandidateJudge judge) : IJobPart
{
    public JobKind Kind => JobKind.Update;

    public async Task<JobReport> RunAsync(CancellationToken cancellationToken)
    {
        var byJob = stages.All().Where(stage => stage.Policy.Start == Policy.StartByJob).Select(stage => stage.Id).ToHashSet();
        var due = waiting.List().Where(candidate => byJob.Contains(candidate.StageId))
            .OrderBy(candidate => candidate.StageId)
            // The highest version of a stage first: if it is deployed, the lower ones need not be.
            .ThenByDescending(candidate => candidate.Tag, TagOrder.OldestFirst)
            .ToList();
        var deployed = 0;
        foreach (var candidate in due)
        {
            var judgements = await judge.JudgeAsync(candidate.ToCandidate() with { ByUpdateJob = true }, cancellationToken);
            deployed += judgements.Count(judgement => judgement.Verdict == Verdict.Deploy);
        }

        return new JobReport("waiting images", due.Count, deployed, "deployed", 0, null);
    }
}
