using System.Collections.Concurrent;
using System.Threading.Channels;
using Plimsoll.Deployments.ByHand;
using Plimsoll.Plumbing;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Deployments;

/// <summary>
/// One loop per stage that ever had something to do, all of them side by side: a long drain of one stage never delays
/// another. What is passed around is only "look at this stage"; start-up is such a message for every stage with
/// unfinished work. Told to stop, it begins nothing more and lets the steps under way end, before any service stops.
/// </summary>
internal sealed partial class DeploymentLoop(
    DeploymentStore deployments,
    Func<long, StageReconciler> reconcilerOf,
    StageChores chores,
    Stopping stopping,
    TimeProvider time,
    ILogger<DeploymentLoop> log) : BackgroundService, IHostedLifecycleService
{
    /// <summary>How long a step may go on after the program was told to stop. A step that is cut off is taken again by the next start.</summary>
    public static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, ChangeSignal> _signals = new();
    private readonly CancellationTokenSource _cut = new();

    // Holds each stage at most once in the life of the process, so it is bounded by the number of stages.
    private readonly Channel<long> _newStages = Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Says "look at this stage again". Cheap, and harmless when there is nothing to see.</summary>
    public void LookAt(long stageId)
    {
        var isNew = false;
        var signal = _signals.GetOrAdd(stageId, _ =>
        {
            isNew = true;
            return new ChangeSignal();
        });
        if (isNew)
        {
            _newStages.Writer.TryWrite(stageId);
        }

        signal.Notify();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Before anything else stops: a switch still needs the proxy, and whoever asks for new work still gets an answer.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        stopping.Begin();
        if (ExecuteTask is not { } running)
        {
            return;
        }

        using var limit = new CancellationTokenSource(StopLimit, time);
        await using var cut = limit.Token.Register(Cut);
        await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Dispose()
    {
        base.Dispose();
        _cut.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var stage in deployments.StagesWithWork())
        {
            LogResumed(log, stage);
            LookAt(stage);
        }

        foreach (var stage in chores.StagesWithWork())
        {
            LookAt(stage);
        }

        await using var hurry = stoppingToken.Register(StopAtOnce);
        var running = new Dictionary<long, Task>();
        try
        {
            await foreach (var stageId in _newStages.Reader.ReadAllAsync(stopping.Token))
            {
                // GetOrAdd may have raced and announced a stage twice; one loop is enough.
                if (!running.ContainsKey(stageId))
                {
                    running[stageId] = RunStageAsync(stageId, _signals[stageId]);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.HasBegun)
        {
            // The journal has everything, the next start goes on from there.
        }
        finally
        {
            await Task.WhenAll(running.Values);
        }
    }

    private async Task RunStageAsync(long stageId, ChangeSignal signal)
    {
        await Task.Yield();
        var reconciler = reconcilerOf(stageId);
        while (!stopping.HasBegun)
        {
            var next = signal.Next;
            switch (await LookOnceAsync(reconciler, stageId))
            {
                case ReconcileResult.Done:
                    await next.WaitAsync(stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    break;
                case ReconcileResult.Again again when again.After > TimeSpan.Zero:
                    await next.WaitAsync(again.After, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    break;
            }
        }
    }

    private async Task<ReconcileResult> LookOnceAsync(StageReconciler reconciler, long stageId)
    {
        try
        {
            try
            {
                var result = await reconciler.ReconcileAsync(_cut.Token);
                return result is ReconcileResult.Done && !stopping.HasBegun ? await chores.DoAsync(stageId, _cut.Token) : result;
            }
            // A store that cannot be written is no mistake of ours and no reason to give a deployment up.
            catch (Exception problem) when (problem is not (OperationCanceledException or StoreUnavailableException))
            {
                return await reconciler.GiveUpAsync(problem, _cut.Token);
            }
        }
        catch (OperationCanceledException) when (stopping.HasBegun)
        {
            return new ReconcileResult.Done();
        }
        catch (Exception problem)
        {
            // Not even giving up worked (the store or the engine is away as well). One stage's trouble must not end the others.
            LogTrouble(log, stageId, problem);
            return new ReconcileResult.Again(AfterTrouble);
        }
    }

    private void StopAtOnce()
    {
        stopping.Begin();
        _cut.Cancel();
    }

    private void Cut()
    {
        LogCut(log, StopLimit.TotalSeconds);
        _cut.Cancel();
    }

    [LoggerMessage(510, LogLevel.Information, "Stage {StageId} has an unfinished deployment from before the start; going on with it.")]
    private static partial void LogResumed(ILogger log, long stageId);

    [LoggerMessage(511, LogLevel.Error, "Stage {StageId} cannot be looked at just now; trying again in a few seconds.")]
    private static partial void LogTrouble(ILogger log, long stageId, Exception problem);

    [LoggerMessage(512, LogLevel.Warning, "A deployment was in a step that did not end within {Seconds:0} s of the stop. It was cut off; the next start goes on with it.")]
    private static partial void LogCut(ILogger log, double seconds);
}
