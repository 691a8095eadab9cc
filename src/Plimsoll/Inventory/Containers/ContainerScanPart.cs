using Plimsoll.Candidates.Schedules;
using Plimsoll.Docker;

namespace Plimsoll.Inventory.Containers;

/// <summary>The scan's part for the containers of the engine.</summary>
internal sealed class ContainerScanPart(ContainerScan scan) : IJobPart
{
    private const string Subject = "containers";
    private const string Found = "with an update";

    public JobKind Kind => JobKind.Scan;

    public async Task<JobReport> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (looked, findings) = await scan.ScanAsync(cancellationToken);
            var troubled = findings.Where(finding => finding.Status == ContainerStatus.Error).ToList();
            return new JobReport(Subject, looked, findings.Count(finding => finding.Status == ContainerStatus.UpdateAvailable), Found, troubled.Count, troubled.FirstOrDefault()?.Reason);
        }
        catch (DockerException problem)
        {
            // The images of the stages were looked at all the same.
            return new JobReport(Subject, 0, 0, Found, 1, problem.Message);
        }
    }
}
