using Plimsoll.Deployments.Readiness;
using Plimsoll.Deployments.Strategies;
using Plimsoll.Plumbing;

namespace Plimsoll.Deployments;

/// <summary>
/// Takes one step of one deployment: writes the journal, then has the effect. Holds no state between steps beyond what
/// is passed in, so a run can begin anywhere.
/// </summary>
internal sealed class DeploymentRun(
    DeploymentJournal journal,
    DeploymentObserver observer,
    BlueGreen blueGreen,
    LastLook lastLook,
    DeploymentContexts contexts,
    FaultPoint faults,
    TimeProvider time)
{
    /// <summary>How long older containers may take to stop and go before the deployment is called succeeded without that.</summary>
    private static readonly TimeSpan RetiringLimit = TimeSpan.FromMinutes(5);

    public Task<Observation> ObserveAsync(DeploymentContext context, bool wasInterrupted, bool isDrained, Probation probation, CancellationToken cancellationToken) =>
        observer.ObserveAsync(context, wasInterrupted, isDrained, probation, cancellationToken);

    public async Task<StepOutcome> TakeAsync(DeploymentContext context, DeploymentStep step, CancellationToken cancellationToken)
    {
        switch (step)
        {
            case DeploymentStep.MoveTo move:
                await MoveAsync(context, move, cancellationToken);
                return new StepOutcome.Done();
            case DeploymentStep.PullImage:
                return await blueGreen.PullAsync(context, cancellationToken);
            case DeploymentStep.CreateCandidate:
                return await blueGreen.CreateAsync(context, cancellationToken);
            case DeploymentStep.StartCandidate:
                return await StartAsync(context, cancellationToken);
            case DeploymentStep.KeepWaiting wait:
                return new StepOutcome.TryLater(wait.Why);
            case DeploymentStep.SwitchTraffic:
                return await blueGreen.SwitchAsync(context, await observer.FindCandidateAsync(context.Deployment, cancellationToken), cancellationToken);
            case DeploymentStep.DrainRetiring drain:
                await DrainAsync(context, drain.Until, cancellationToken);
                return new StepOutcome.Done();
            case DeploymentStep.RemoveInstance remove:
                return await blueGreen.RemoveInstanceAsync(context, remove.InstanceId, cancellationToken);
            case DeploymentStep.RemoveCandidate:
                return await RemoveCandidateAsync(context, cancellationToken);
            case DeploymentStep.ReturnTraffic back:
                await ReturnTrafficAsync(context, back, cancellationToken);
                return new StepOutcome.Done();
            case DeploymentStep.RollBack rollBack:
                await RollBackAsync(context, rollBack, cancellationToken);
                return new StepOutcome.Done();
            case DeploymentStep.Finish finish:
                await faults.ReachAsync("after-" + DeploymentTransitions.Name(context.Deployment.State), cancellationToken);
                await journal.FinishAsync(context, finish, cancellationToken);
                return new StepOutcome.Done();
            default:
                throw new InvalidOperationException($"Nobody knows how to take the step {step}.");
        }
    }

    /// <summary>Writes the decision to give up; the removal of the candidate follows as a step of its own.</summary>
    public async Task RollBackAsync(DeploymentContext context, DeploymentStep.RollBack rollBack, CancellationToken cancellationToken)
    {
        var failure = await lastLook.LookAsync(context, rollBack.ReasonCode, rollBack.LastProbe, cancellationToken);
        await journal.RollBackAsync(context, rollBack.ReasonCode, rollBack.Sentence, failure, cancellationToken);
        await faults.ReachAsync("before-rolling-back", cancellationToken);
    }

    public Task SayAsync(DeploymentContext context, string text, CancellationToken cancellationToken) =>
        journal.SayAsync(context.Deployment, text, cancellationToken);

    private async Task MoveAsync(DeploymentContext context, DeploymentStep.MoveTo move, CancellationToken cancellationToken)
    {
        await faults.ReachAsync("after-" + DeploymentTransitions.Name(context.Deployment.State), cancellationToken);
        if (move.State == DeploymentState.Pulling)
        {
            await BeginAsync(context, move.Text, cancellationToken);
            return;
        }

        var candidate = move.State == DeploymentState.Starting ? await blueGreen.DescribeInstanceAsync(context, cancellationToken) : null;
        await journal.MoveAsync(context, move.State, move.Text, DeadlineOf(move.State, context), candidate, cancellationToken);
        await faults.ReachAsync("before-" + DeploymentTransitions.Name(move.State), cancellationToken);
    }

    private async Task BeginAsync(DeploymentContext context, string text, CancellationToken cancellationToken)
    {
        var deadline = time.GetUtcNow() + TimeSpan.FromSeconds(context.Settings.DeploymentSeconds);
        var snapshot = contexts.Seal(Snapshot.Of(context.Project, context.Stage));
        await journal.BeginAsync(context, text, snapshot, DeadlineOf(DeploymentState.Pulling, context)!.Value, deadline, cancellationToken);
        await faults.ReachAsync("before-pulling", cancellationToken);
    }

    private async Task ReturnTrafficAsync(DeploymentContext context, DeploymentStep.ReturnTraffic back, CancellationToken cancellationToken)
    {
        var failure = await lastLook.LookAsync(context, back.ReasonCode, null, cancellationToken);
        await journal.ReturnTrafficAsync(context, back.ReasonCode, back.Sentence, failure, cancellationToken);
        await faults.ReachAsync("returned-traffic", cancellationToken);
    }

    /// <summary>It may have had traffic: the router lets go of it first, and requests on it may finish.</summary>
    private async Task<StepOutcome> RemoveCandidateAsync(DeploymentContext context, CancellationToken cancellationToken)
    {
        await blueGreen.DrainAsync([context.Deployment.Id], time.GetUtcNow() + TimeSpan.FromSeconds(context.Settings.DrainSeconds), cancellationToken);
        return await blueGreen.RemoveInstanceAsync(context, context.Deployment.Id, cancellationToken);
    }

    private async Task<StepOutcome> StartAsync(DeploymentContext context, CancellationToken cancellationToken)
    {
        var container = await observer.FindCandidateAsync(context.Deployment, cancellationToken);
        if (container is null)
        {
            return new StepOutcome.TryLater("The new container is not there.");
        }

        // A start that became necessary because of an interruption gets its whole time again.
        await journal.CountStartAsync(context.Deployment with { StateDeadline = DeadlineOf(context.Deployment.State, context) }, cancellationToken);
        return await blueGreen.StartAsync(container.Id, cancellationToken);
    }

    private async Task DrainAsync(DeploymentContext context, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var cut = await blueGreen.DrainAsync(journal.Retiring(context.Stage.Id), until, cancellationToken);
        if (cut > 0)
        {
            await SayAsync(context, $"{cut} request(s) were still under way when the drain time was over, and were cut off.", cancellationToken);
        }
    }

    private DateTimeOffset? DeadlineOf(DeploymentState state, DeploymentContext context) => state switch
    {
        DeploymentState.Pulling => time.GetUtcNow() + TimeSpan.FromSeconds(context.Settings.PullSeconds),
        DeploymentState.Verifying => time.GetUtcNow() + HealthTime(context),
        DeploymentState.Draining => time.GetUtcNow() + TimeSpan.FromSeconds(context.Settings.DrainSeconds),
        DeploymentState.Retiring => time.GetUtcNow() + context.StopGrace + RetiringLimit,
        _ => null,
    };

    /// <summary>The start period that the project gives, and then the deadline. The one of the image is added when its container is looked at.</summary>
    public static TimeSpan HealthTime(DeploymentContext context) =>
        TimeSpan.FromSeconds((context.Project.Health.StartSeconds ?? 0) + (context.Project.Health.DeadlineSeconds ?? context.Settings.HealthSeconds));
}
