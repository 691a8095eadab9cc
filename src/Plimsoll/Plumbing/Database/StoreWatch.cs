namespace Plimsoll.Plumbing.Database;

/// <summary>
/// Has the store looked at also when nobody uses it: what a deleted log holds is lost when the process is killed, so it must
/// not stay there for long.
/// </summary>
internal sealed class StoreWatch(Store store, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    store.Look();
                }
                catch (StoreUnavailableException)
                {
                    // The store says it in the log itself, once.
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: the store saves its log when it is closed.
        }
    }
}
