namespace Plimsoll.Candidates.Schedules;

/// <summary>The scan's part for the images that stages follow.</summary>
internal sealed class ImageScanPart(RegistryScan scan) : IJobPart
{
    public JobKind Kind => JobKind.Scan;

    public Task<JobReport> RunAsync(CancellationToken cancellationToken) => scan.RunAsync(cancellationToken);
}
