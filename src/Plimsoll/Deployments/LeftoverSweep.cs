using Plimsoll.Docker;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Deployments;

/// <summary>Sweeps leftovers once after the start, as soon as the engine answers.</summary>
internal sealed partial class LeftoverSweep(Leftovers leftovers, TimeProvider time, ILogger<LeftoverSweep> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        string? said = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await leftovers.SweepAsync(stoppingToken);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem) when (problem is DockerException or StoreUnavailableException)
            {
                if (said != problem.Message)
                {
                    LogTrouble(log, problem.Message);
                    said = problem.Message;
                }
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(521, LogLevel.Warning, "Leftovers of earlier deployments could not be removed yet: {Problem}")]
    private static partial void LogTrouble(ILogger log, string problem);
}
