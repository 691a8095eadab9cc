using Plimsoll.Deployments;
using Plimsoll.Docker;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Edge;

/// <summary>
/// Has the routes compared with the engine at start, whenever one of our containers starts or stops, and whenever the
/// engine comes back: an address is used only while the container behind it is known to be the right one.
/// </summary>
internal sealed partial class RouteWatch(RouteKeeper keeper, TrafficKeeper traffic, AddressProof proof, DockerEngine engine, Installation installation, TimeProvider time, ILogger<RouteWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Gates before routes: a stage that was paused before the restart lets nobody through in between.
        traffic.Apply();
        keeper.ApplyUnverified();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var filter = new EventFilter { Types = ["container"], Actions = ["start", "die", "destroy"], Labels = [installation.Label] };
        try
        {
            await VerifyAsync(stoppingToken);
            await foreach (var engineEvent in engine.Events.WatchAsync(filter, null, stoppingToken))
            {
                if (engineEvent.IsConnectionLost)
                {
                    proof.EngineIsAway = true;
                    LogLost(log);
                    continue;
                }

                await VerifyAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping. The routes stay as they are while the last requests finish.
        }
    }

    private async Task VerifyAsync(CancellationToken stoppingToken)
    {
        var said = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // A stage may have been deleted and its number given to a new one.
                traffic.Apply();
                await keeper.ApplyAsync(stoppingToken);
                proof.EngineIsAway = false;
                return;
            }
            catch (Exception problem) when (problem is DockerException or StoreUnavailableException)
            {
                if (!said)
                {
                    LogCannotVerify(log, problem.Message);
                    said = true;
                }
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(650, LogLevel.Warning, "The engine's events are cut off. Routes stay as they are until it answers again.")]
    private static partial void LogLost(ILogger log);

    [LoggerMessage(651, LogLevel.Warning, "The routes cannot be compared with the engine: {Problem}")]
    private static partial void LogCannotVerify(ILogger log, string problem);
}
