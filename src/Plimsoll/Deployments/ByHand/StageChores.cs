using System.Collections.Concurrent;
using Plimsoll.Docker;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Deployments.ByHand;

/// <summary>What is to be done on a stage beside deployments, and only while none is under way: the wishes of people, one after another.</summary>
internal sealed partial class StageChores(
    InstanceStore instances, DeploymentStore deployments, DeploymentContexts contexts, WishWork work, Removals removals, ILogger<StageChores> log)
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(2);

    // Bounded by the number of stages.
    private readonly ConcurrentDictionary<long, string> _said = new();

    public IReadOnlyList<long> StagesWithWork() => instances.StagesWithWishes();

    public async Task<ReconcileResult> DoAsync(long stageId, CancellationToken cancellationToken)
    {
        try
        {
            while (Next(stageId) is { Count: > 0 } wished)
            {
                if (deployments.NextOf(stageId) is not null)
                {
                    return new ReconcileResult.Again(TimeSpan.Zero);
                }

                await DoAsync(wished, cancellationToken);
            }

            await removals.FinishAsync(stageId, cancellationToken);
            _said.TryRemove(stageId, out _);
            return new ReconcileResult.Done();
        }
        catch (Exception problem) when (problem is DockerException or NotYetException or StoreUnavailableException)
        {
            if (_said.GetValueOrDefault(stageId) != problem.Message)
            {
                _said[stageId] = problem.Message;
                LogTrouble(log, stageId, problem.Message);
            }

            return new ReconcileResult.Again(AfterTrouble);
        }
    }

    /// <summary>All that leave, at once; else the first of the others.</summary>
    private IReadOnlyList<(DeploymentContext Made, Instance Instance)> Next(long stageId)
    {
        var wished = instances.OfStage(stageId)
            .Where(instance => instance.Wish is not (Wish.None or Wish.Stopped))
            .Select(instance => (Made: deployments.Find(instance.Id) is { } deployment ? contexts.For(deployment) : null, Instance: instance))
            .Where(pair => pair.Made is not null)
            .Select(pair => (pair.Made!, pair.Instance))
            .ToList();
        var leaving = wished.Where(pair => pair.Instance.Wish == Wish.Removing).ToList();
        return leaving.Count > 0 ? leaving : [.. wished.Take(1)];
    }

    private async Task DoAsync(IReadOnlyList<(DeploymentContext Made, Instance Instance)> wished, CancellationToken cancellationToken)
    {
        var (made, instance) = wished[0];
        switch (instance.Wish)
        {
            case Wish.Stopping or Wish.Restarting:
                await work.StopAsync(made, instance, cancellationToken);
                break;
            case Wish.Starting:
                await work.StartAsync(made, instance, cancellationToken);
                break;
            default:
                await work.DrainAsync(made, [.. wished.Select(pair => pair.Instance)], cancellationToken);
                foreach (var (context, leaving) in wished)
                {
                    await work.RemoveAsync(context, leaving, cancellationToken);
                }

                break;
        }
    }

    [LoggerMessage(560, LogLevel.Warning, "Stage {StageId}: what a person asked for could not be done yet. {Problem}")]
    private static partial void LogTrouble(ILogger log, long stageId, string problem);
}
