using Plimsoll.Apps;

namespace Plimsoll.Candidates;

/// <summary>Scans at start, then at the interval of the settings with some jitter, and at once when a project was added or changed.</summary>
internal sealed partial class RegistryPoller(RegistryScan scan, SettingsStore settings, AppsChanges changes, TimeProvider time, ILogger<RegistryPoller> log) : BackgroundService
{
    private const double Jitter = 0.1;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = changes.Changed.Next;
            var pause = TimeSpan.FromSeconds(30);
            try
            {
                var seconds = settings.Read().PollingSeconds;
                if (seconds > 0)
                {
                    await scan.RunAsync(stoppingToken);
                }

                // Hosts that were started by the same reboot must not ask the registry in step for ever.
                pause = seconds > 0
                    ? TimeSpan.FromSeconds(seconds * (1 - Jitter + (2 * Jitter * Random.Shared.NextDouble())))
                    : Timeout.InfiniteTimeSpan;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                LogTrouble(log, problem);
            }

            await Task.WhenAny(changed, Task.Delay(pause, time, stoppingToken));
        }
    }

    [LoggerMessage(320, LogLevel.Error, "The scan of the registries failed; trying again soon.")]
    private static partial void LogTrouble(ILogger log, Exception problem);
}
