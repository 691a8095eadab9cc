namespace Plimsoll.Inventory.Containers;

/// <summary>Has containers judged anew whose time comes between two scans. What they wait for is in the store, so a restart loses nobody.</summary>
internal sealed partial class ContainerWaits(ContainerScan scan, FindingStore findings, TimeProvider time, ILogger<ContainerWaits> log) : BackgroundService
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    /// <summary>Clocks are set, and machines sleep.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await scan.JudgeDueAsync(stoppingToken);
                var changed = findings.Changed.Next;
                var until = findings.NextLook() is { } at ? at - time.GetUtcNow() : LongestPause;
                var pause = until < ShortestPause ? ShortestPause : until > LongestPause ? LongestPause : until;
                await Task.WhenAny(changed, Task.Delay(pause, time, stoppingToken));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                LogTrouble(log, problem);
                await Task.Delay(AfterTrouble, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(810, LogLevel.Warning, "Containers that wait for their time could not be judged anew; trying again in half a minute.")]
    private static partial void LogTrouble(ILogger log, Exception problem);
}
