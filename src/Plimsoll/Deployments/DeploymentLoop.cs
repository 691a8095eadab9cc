using System.Collections.Concurrent;
using System.Threading.Channels;
using Plimsoll.Plumbing;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Deployments;

/// <summary>
/// One loop per stage that ever had something to do, all of them side by side: a long drain of one stage never delays
/// another. What is passed around is only "look at this stage"; start-up is such a message for every stage with
/// unfinished work.
/// </summary>
internal sealed partial class DeploymentLoop(
    DeploymentStore deployments,
    Func<long, StageReconciler> reconcilerOf,
    TimeProvider time,
    ILogger<DeploymentLoop> log) : BackgroundService
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, ChangeSignal> _signals = new();

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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var stage in deployments.StagesWithWork())
        {
            LogResumed(log, stage);
            LookAt(stage);
        }

        var running = new Dictionary<long, Task>();
        try
        {
            await foreach (var stageId in _newStages.Reader.ReadAllAsync(stoppingToken))
            {
                // GetOrAdd may have raced and announced a stage twice; one loop is enough.
                if (!running.ContainsKey(stageId))
                {
                    running[stageId] = RunStageAsync(stageId, _signals[stageId], stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: the journal has everything, the next start goes on from there.
        }
        finally
        {
            await Task.WhenAll(running.Values);
        }
    }

    private async Task RunStageAsync(long stageId, ChangeSignal signal, CancellationToken stoppingToken)
    {
        await Task.Yield();
        var reconciler = reconcilerOf(stageId);
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = signal.Next;
            switch (await LookOnceAsync(reconciler, stageId, stoppingToken))
            {
                case ReconcileResult.Done:
                    await next.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    break;
                case ReconcileResult.Again again when again.After > TimeSpan.Zero:
                    await next.WaitAsync(again.After, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    break;
            }
        }
    }

    private async Task<ReconcileResult> LookOnceAsync(StageReconciler reconciler, long stageId, CancellationToken stoppingToken)
    {
        try
        {
            try
            {
                return await reconciler.ReconcileAsync(stoppingToken);
            }
            // A store that cannot be written is no mistake of ours and no reason to give a deployment up.
            catch (Exception problem) when (problem is not (OperationCanceledException or StoreUnavailableException))
            {
                return await reconciler.GiveUpAsync(problem, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
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

    [LoggerMessage(510, LogLevel.Information, "Stage {StageId} has an unfinished deployment from before the start; going on with it.")]
    private static partial void LogResumed(ILogger log, long stageId);

    [LoggerMessage(511, LogLevel.Error, "Stage {StageId} cannot be looked at just now; trying again in a few seconds.")]
    private static partial void LogTrouble(ILogger log, long stageId, Exception problem);
}
