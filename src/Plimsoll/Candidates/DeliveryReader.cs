using Plimsoll.Plumbing.Database;
using Plimsoll.Registry;

namespace Plimsoll.Candidates;

/// <summary>
/// Works through the inbox: looks each image up in its registry and has it judged. What the registry could not answer
/// is tried again later; nothing is lost by a restart.
/// </summary>
internal sealed partial class DeliveryReader(
    DeliveryStore deliveries,
    RegistryDesk registry,
    ProjectAutoCreation autoCreation,
    ICandidateJudge judge,
    TimeProvider time,
    ILogger<DeliveryReader> log) : BackgroundService
{
    public const int MostAttempts = 60;
    private const string InternalError = "internal-error";
    private const int SideBySide = 4;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = deliveries.Changed.Next;
            try
            {
                var due = deliveries.Due(SideBySide * 8);
                if (due.Count > 0)
                {
                    await Parallel.ForEachAsync(
                        due,
                        new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = stoppingToken },
                        async (delivery, cancellationToken) => await ReadAsync(delivery, cancellationToken));
                    continue;
                }

                await PauseAsync(next, stoppingToken);
            }
            catch (Exception problem) when (!stoppingToken.IsCancellationRequested)
            {
                LogTrouble(log, problem);
                await Task.Delay(AfterTrouble, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task ReadAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var reference = ImageReference.Parse(delivery.Image);
        try
        {
            var project = await autoCreation.EnsureProjectAsync(reference, cancellationToken);
            var digest = await registry.ResolveAsync(reference, project?.RegistryId, cancellationToken);
            var judgements = await judge.JudgeAsync(
                new Candidate
                {
                    Artifact = new Artifact(reference.Name, reference.Tag ?? digest.Short, digest),
                    Trigger = CandidateTrigger.Webhook,
                    RequestedBy = $"webhook from {delivery.Sender}",
                    DeliveryId = delivery.Id,
                    AskedAt = delivery.ReceivedAt,
                    OnlyProjects = delivery.ProjectIds,
                },
                cancellationToken);
            await deliveries.DecideAsync(delivery.Id, Judgement.Foremost(judgements), cancellationToken);
        }
        catch (RegistryException problem) when (problem.IsTransient && delivery.Attempts + 1 < MostAttempts)
        {
            var pause = problem.RetryAfter ?? Pause(delivery.Attempts);
            LogPostponed(log, delivery.Image, problem.Message, pause.TotalSeconds);
            await deliveries.PostponeAsync(
                delivery.Id, RegistryRefusals.Code(problem), $"{problem.Message} Trying again by itself.", time.GetUtcNow() + pause, cancellationToken);
        }
        catch (RegistryException problem)
        {
            var refusal = RegistryRefusals.From(problem, reference, CandidateTrigger.Webhook, delivery.Id);
            await deliveries.DecideAsync(delivery.Id, await judge.RecordRefusalAsync(refusal, cancellationToken), cancellationToken);
        }
        catch (Exception problem) when (problem is not StoreUnavailableException && !cancellationToken.IsCancellationRequested)
        {
            await StumbleAsync(delivery, reference, problem, cancellationToken);
        }
    }

    /// <summary>A mistake of our own about one message: it must come to an end, and must not keep the others from being read.</summary>
    private async Task StumbleAsync(Delivery delivery, ImageReference reference, Exception problem, CancellationToken cancellationToken)
    {
        LogMistake(log, delivery.Image, problem);
        var reason = $"Plimsoll made a mistake over {reference}: {problem.Message}";
        if (delivery.Attempts + 1 < MostAttempts)
        {
            await deliveries.PostponeAsync(delivery.Id, InternalError, $"{reason} Trying again by itself.", time.GetUtcNow() + Pause(delivery.Attempts), cancellationToken);
            return;
        }

        var refusal = new RefusedSighting(reference.Name, reference.Tag ?? "", CandidateTrigger.Webhook, Verdict.Skip, InternalError, reason, delivery.Id);
        await deliveries.DecideAsync(delivery.Id, await judge.RecordRefusalAsync(refusal, cancellationToken), cancellationToken);
    }

    private static TimeSpan Pause(int attempts) => TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(attempts, 12))));

    private async Task PauseAsync(Task next, CancellationToken stoppingToken)
    {
        var until = deliveries.NextDue() is { } due ? due - time.GetUtcNow() : Timeout.InfiniteTimeSpan;
        if (until == Timeout.InfiniteTimeSpan)
        {
            await next.WaitAsync(stoppingToken);
        }
        else if (until > TimeSpan.Zero)
        {
            await Task.WhenAny(next, Task.Delay(until, time, stoppingToken));
            stoppingToken.ThrowIfCancellationRequested();
        }
    }

    [LoggerMessage(300, LogLevel.Warning, "{Image} could not be looked up: {Problem} Trying again in {Seconds:0} s.")]
    private static partial void LogPostponed(ILogger log, string image, string problem, double seconds);

    [LoggerMessage(302, LogLevel.Error, "The message about {Image} stumbled over a mistake of Plimsoll's own.")]
    private static partial void LogMistake(ILogger log, string image, Exception problem);

    [LoggerMessage(301, LogLevel.Error, "The inbox of deliveries cannot be worked through just now; trying again in a few seconds.")]
    private static partial void LogTrouble(ILogger log, Exception problem);
}
