using Plimsoll.Docker;

namespace Plimsoll.Deployments;

/// <summary>
/// Counts how often the engine went away. An engine that stops takes its containers with it; a candidate that ended that
/// way must not be blamed for it.
/// </summary>
internal sealed class EngineOutages(DockerEngine engine) : BackgroundService
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Nothing but the connection itself is of interest here; daemon events are the rarest there are.
        var filter = new EventFilter { Types = ["daemon"] };
        try
        {
            await foreach (var engineEvent in engine.Events.WatchAsync(filter, null, stoppingToken))
            {
                if (engineEvent.IsConnectionLost)
                {
                    Interlocked.Increment(ref _count);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }
}
