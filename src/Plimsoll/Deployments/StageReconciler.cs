using System.Diagnostics;
using Plimsoll.Deployments.Images;
using Plimsoll.Deployments.Readiness;
using Plimsoll.Docker;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Deployments;

/// <summary>Everything about one stage happens here, one thing after another. Knows from the outside only "look again".</summary>
internal sealed partial class StageReconciler(
    long stageId,
    DeploymentStore deployments,
    DeploymentRun run,
    DeploymentContexts contexts,
    EngineOutages outages,
    ImageSweep images,
    TimeProvider time,
    ILogger<StageReconciler> log)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan SlowestLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SlowestRetry = TimeSpan.FromSeconds(10);

    private string? _deploymentId;
    private bool _wasInterrupted;
    private bool _isDrained;
    private Probation _probation = Probation.Begun;
    private int _retries;
    private string? _lastWhy;
    private long _waitingSince;
    private int _outagesSeen = outages.Count;

    public async Task<ReconcileResult> ReconcileAsync(CancellationToken cancellationToken)
    {
        Deployment? deployment = null;
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                deployment = deployments.NextOf(stageId);
                if (deployment is null || contexts.For(deployment) is not { } context)
                {
                    return new ReconcileResult.Done();
                }

                Remember(deployment);
                if (await TakeOneStepAsync(context, cancellationToken) is { } pause)
                {
                    return pause;
                }
            }
        }
        catch (DockerUnavailableException problem)
        {
            _wasInterrupted = true;
            return await LaterAsync(deployment, problem.Message, cancellationToken);
        }
        catch (DockerException problem) when (deployment is not null && !IsOverdue(deployment))
        {
            // The engine is there and says no, as one does whose disk is full or that is just starting: its trouble, and it may pass.
            return await LaterAsync(deployment, problem.Message, cancellationToken);
        }
        catch (StoreUnavailableException problem)
        {
            // Without the journal no step may be taken, and there is nowhere to write that either.
            LogStoreUnavailable(log, stageId, problem.Message);
            return new ReconcileResult.Again(NextRetry());
        }
        catch (StaleDeploymentException)
        {
            return new ReconcileResult.Again(TimeSpan.Zero);
        }
    }

    /// <summary>A mistake of our own: the deployment must still come to an end, and the person must learn of it.</summary>
    public async Task<ReconcileResult> GiveUpAsync(Exception problem, CancellationToken cancellationToken)
    {
        LogMistake(log, stageId, problem);
        var deployment = deployments.NextOf(stageId);
        if (deployment is not null
            && DeploymentTransitions.Next(deployment.State).Contains(DeploymentState.RollingBack)
            && contexts.For(deployment) is { } context
            && !await IsSwitchRecordedAsync(context, cancellationToken))
        {
            var sentence = problem is DockerException ? problem.Message : $"Plimsoll made a mistake: {problem.Message}";
            await run.RollBackAsync(context, new DeploymentStep.RollBack(DeploymentReason.InternalError, sentence), cancellationToken);
            return new ReconcileResult.Again(TimeSpan.Zero);
        }

        return new ReconcileResult.Again(NextRetry());
    }

    private async Task<ReconcileResult?> TakeOneStepAsync(DeploymentContext context, CancellationToken cancellationToken)
    {
        if (_outagesSeen != outages.Count)
        {
            // The engine was away between two looks. What stands still now may have been stopped by that.
            _outagesSeen = outages.Count;
            _wasInterrupted = true;
        }

        var observed = await run.ObserveAsync(context, _wasInterrupted, _isDrained, _probation, cancellationToken);
        _probation = observed.Probation;
        if (observed.Candidate == CandidateStatus.Running)
        {
            _wasInterrupted = false;
        }

        var step = DeploymentPlanner.Plan(context.Deployment, observed, time.GetUtcNow());
        var outcome = step is DeploymentStep.PullImage
            ? await PullUnlessStoppedAsync(context, step, cancellationToken)
            : await run.TakeAsync(context, step, cancellationToken);
        switch (outcome)
        {
            case StepOutcome.Done:
                _retries = 0;
                _isDrained |= step is DeploymentStep.DrainRetiring;
                _wasInterrupted &= step is not DeploymentStep.StartCandidate;
                _probation = step is DeploymentStep.StartCandidate or DeploymentStep.MoveTo ? Probation.Begun : _probation;
                if (step is DeploymentStep.Finish { State: DeploymentState.Succeeded })
                {
                    await images.AfterSuccessAsync(stageId, cancellationToken);
                }

                return null;

            case StepOutcome.GiveUp giveUp:
                await run.RollBackAsync(context, new DeploymentStep.RollBack(giveUp.ReasonCode, giveUp.Sentence), cancellationToken);
                return null;

            case StepOutcome.TryLater when step is DeploymentStep.KeepWaiting:
                return new ReconcileResult.Again(NextLook());

            case StepOutcome.TryLater later:
                return await LaterAsync(context.Deployment, later.Why, cancellationToken);

            default:
                throw new UnreachableException($"There is no outcome {outcome}.");
        }
    }

    /// <summary>The only step that may take long by itself: who asks to stop the deployment must not have to wait for it.</summary>
    private async Task<StepOutcome> PullUnlessStoppedAsync(DeploymentContext context, DeploymentStep step, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pull = run.TakeAsync(context, step, stop.Token);
        while (true)
        {
            var next = deployments.Changed.Next;
            if (deployments.Find(context.Deployment.Id) is { CancelRequestedBy: not null } && !pull.IsCompleted)
            {
                await stop.CancelAsync();
            }
            else
            {
                await Task.WhenAny(pull, next);
            }

            if (pull.IsCompleted || stop.IsCancellationRequested)
            {
                break;
            }
        }

        try
        {
            return await pull;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The next look finds the wish to stop and acts on it.
            return new StepOutcome.Done();
        }
    }

    private async Task<bool> IsSwitchRecordedAsync(DeploymentContext context, CancellationToken cancellationToken) =>
        context.Deployment.State == DeploymentState.Switching
        && (await run.ObserveAsync(context, false, false, Probation.Begun, cancellationToken)).IsSwitchRecorded;

    /// <summary>Whether there is no more time to wait for anything. What can only go forward has all the time in the world.</summary>
    private bool IsOverdue(Deployment deployment) =>
        deployment.Deadline is { } deadline && time.GetUtcNow() >= deadline && DeploymentTransitions.Next(deployment.State).Contains(DeploymentState.RollingBack);

    /// <summary>Says why once, not at every try: the log is for people.</summary>
    private async Task<ReconcileResult> LaterAsync(Deployment? deployment, string why, CancellationToken cancellationToken)
    {
        if (deployment is not null && why != _lastWhy && contexts.For(deployment) is { } context)
        {
            _lastWhy = why;
            await run.SayAsync(context, $"Not yet: {why} Trying again.", cancellationToken);
        }

        return new ReconcileResult.Again(NextRetry());
    }

    private void Remember(Deployment deployment)
    {
        if (_deploymentId == deployment.Id)
        {
            return;
        }

        // Met in the middle: Plimsoll was away since the state began.
        _wasInterrupted = deployment.State != DeploymentState.Queued;
        _deploymentId = deployment.Id;
        _isDrained = false;
        _probation = Probation.Begun;
        _retries = 0;
        _lastWhy = null;
        _waitingSince = 0;
    }

    private TimeSpan NextRetry() =>
        TimeSpan.FromTicks(Math.Min(SlowestRetry.Ticks, FirstRetry.Ticks << Math.Min(_retries++, 10)));

    /// <summary>Looks often at first, because most applications are ready at once, and seldom later.</summary>
    private TimeSpan NextLook()
    {
        if (_waitingSince == 0)
        {
            _waitingSince = time.GetTimestamp();
        }

        var waited = time.GetElapsedTime(_waitingSince);
        return TimeSpan.FromTicks(Math.Clamp(waited.Ticks / 10, FirstLook.Ticks, SlowestLook.Ticks));
    }

    [LoggerMessage(500, LogLevel.Error, "Stage {StageId}: the store cannot be used, so no step is taken. {Problem}")]
    private static partial void LogStoreUnavailable(ILogger log, long stageId, string problem);

    [LoggerMessage(501, LogLevel.Error, "Stage {StageId}: a mistake of Plimsoll's own stopped the deployment.")]
    private static partial void LogMistake(ILogger log, long stageId, Exception problem);
}
