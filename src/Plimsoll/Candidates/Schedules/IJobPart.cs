namespace Plimsoll.Candidates.Schedules;

/// <summary>Turned round: chapters that come later have their part in the jobs of this one. The parts of a job are done one after the other.</summary>
internal interface IJobPart
{
    JobKind Kind { get; }

    Task<JobReport> RunAsync(CancellationToken cancellationToken);
}
