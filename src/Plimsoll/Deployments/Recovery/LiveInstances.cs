using Plimsoll.Docker;
using Plimsoll.Plumbing;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Deployments.Recovery;

/// <summary>
/// Has live and kept instances brought back after the start and after each outage of the engine. In between nothing is
/// touched: a container that a person stops stays stopped.
/// </summary>
internal sealed partial class LiveInstances(
    InstanceRecovery recovery, DeploymentStore deployments, DockerEngine engine, TimeProvider time, ILogger<LiveInstances> log) : BackgroundService
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(2);

    private readonly ChangeSignal _returned = new();
    private int _returns;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Task[] both = [WatchAsync(end.Token), RecoverAsync(end.Token)];
        await Task.WhenAny(both);
        await end.CancelAsync();
        try
        {
            await Task.WhenAll(both);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        // Only the connection itself is of interest; daemon events are the rarest there are.
        await foreach (var engineEvent in engine.Events.WatchAsync(new EventFilter { Types = ["daemon"] }, null, cancellationToken))
        {
            if (engineEvent.IsConnectionEstablished || engineEvent.IsConnectionRestored)
            {
                Interlocked.Increment(ref _returns);
                _returned.Notify();
            }
        }
    }

    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var seenTo = new HashSet<string>(StringComparer.Ordinal);
        var seenReturns = 0;
        var someWait = false;
        while (true)
        {
            var (returned, changed) = (_returned.Next, deployments.Changed.Next);
            var returns = Volatile.Read(ref _returns);
            if (returns != seenReturns)
            {
                seenReturns = returns;
                seenTo.Clear();
                someWait = true;
            }

            someWait = someWait && await LookAsync(seenTo, cancellationToken);
            await Task.WhenAny(someWait ? [returned, changed] : [returned]).WaitAsync(cancellationToken);
        }
    }

    /// <returns>Whether some instances have to wait for a deployment's end.</returns>
    private async Task<bool> LookAsync(HashSet<string> seenTo, CancellationToken cancellationToken)
    {
        string? said = null;
        while (true)
        {
            try
            {
                return await recovery.RecoverAsync(seenTo, cancellationToken);
            }
            catch (Exception problem) when (problem is DockerException or StoreUnavailableException)
            {
                if (said != problem.Message)
                {
                    LogTrouble(log, problem.Message);
                    said = problem.Message;
                }
            }

            await Task.Delay(AfterTrouble, time, cancellationToken);
        }
    }

    [LoggerMessage(550, LogLevel.Warning, "Whether the live containers run could not be looked at yet: {Problem}")]
    private static partial void LogTrouble(ILogger log, string problem);
}
