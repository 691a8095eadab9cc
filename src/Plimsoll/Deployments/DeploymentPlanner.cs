using Plimsoll.Deployments.Readiness;

namespace Plimsoll.Deployments;

/// <summary>
/// Answers the next step of a blue-green deployment from its journaled state and what was just observed. Pure, so a
/// crash needs no code of its own: whoever asks again gets the step that is still missing.
/// </summary>
internal static class DeploymentPlanner
{
    /// <summary>How long after the end of the drain time it may still be tried; an engine that is away must not hold the stage for ever.</summary>
    private static readonly TimeSpan LongestCut = TimeSpan.FromMinutes(1);

    /// <summary>How often a candidate may be started again after the engine or Plimsoll was away.</summary>
    public const int MostStarts = 3;

    public static DeploymentStep Plan(Deployment deployment, Observation observed, DateTimeOffset now)
    {
        if (PlanEarlyEnd(deployment, observed, now) is { } end)
        {
            return end;
        }

        var isLate = deployment.StateDeadline is { } deadline && now >= deadline;
        return deployment.State switch
        {
            DeploymentState.Queued => new DeploymentStep.MoveTo(DeploymentState.Pulling, $"Pulling {deployment.Artifact}."),
            DeploymentState.Pulling => PlanPulling(observed, isLate),
            DeploymentState.Starting => PlanStarting(deployment, observed),
            DeploymentState.Verifying => PlanVerifying(deployment, observed, now),
            DeploymentState.Switching => PlanSwitching(observed, isLate),
            DeploymentState.Draining => PlanDraining(deployment, observed, now),
            DeploymentState.Retiring => PlanRetiring(deployment, observed, isLate),
            DeploymentState.RollingBack => PlanRollingBack(deployment, observed),
            _ => throw new InvalidOperationException($"Deployment {deployment.Id} is {DeploymentTransitions.Name(deployment.State)}: there is nothing left to do."),
        };
    }

    /// <summary>Somebody stopped it, or its time is over. Once the watch after the switch is over there is nothing to stop any more.</summary>
    private static DeploymentStep? PlanEarlyEnd(Deployment deployment, Observation observed, DateTimeOffset now)
    {
        if (!DeploymentTransitions.Next(deployment.State).Contains(DeploymentState.RollingBack))
        {
            return null;
        }

        var (code, sentence) = deployment switch
        {
            { CancelRequestedBy: { } who } => (DeploymentReason.Cancelled, $"{who} stopped it."),
            { Deadline: { } deadline } when now >= deadline && !observed.IsSwitched => (DeploymentReason.DeploymentDeadline, "It took longer than a deployment may take."),
            _ => (null, null),
        };
        return code is null ? null
            : observed.IsSwitchRecorded ? new DeploymentStep.ReturnTraffic(code, sentence!)
            : GiveUp(code, sentence!, observed);
    }

    private static DeploymentStep PlanPulling(Observation observed, bool isLate) =>
        observed.ImageIsHere ? new DeploymentStep.MoveTo(DeploymentState.Starting, "The image is here. Starting it beside what runs now.")
        : isLate ? new DeploymentStep.RollBack(DeploymentReason.PullDeadline, "The image could not be pulled in the time that a pull may take.")
        : new DeploymentStep.PullImage();

    private static DeploymentStep PlanStarting(Deployment deployment, Observation observed) => observed.Candidate switch
    {
        CandidateStatus.Absent => new DeploymentStep.CreateCandidate(),
        CandidateStatus.Created => new DeploymentStep.StartCandidate(),
        CandidateStatus.Ended when observed.WasInterrupted && deployment.Starts < MostStarts => new DeploymentStep.StartCandidate(),
        // One that has ended by itself goes on to be judged: verifying says why.
        CandidateStatus.Running or CandidateStatus.Ended => new DeploymentStep.MoveTo(DeploymentState.Verifying, "It runs. Waiting for it to prove itself."),
        _ => throw new ArgumentOutOfRangeException(nameof(observed), observed.Candidate, "There is no such status."),
    };

    private static DeploymentStep PlanVerifying(Deployment deployment, Observation observed, DateTimeOffset now)
    {
        if (observed.Candidate == CandidateStatus.Absent)
        {
            return new DeploymentStep.RollBack(DeploymentReason.CandidateVanished, "The new container was removed by somebody else before it had proven itself.");
        }

        if (observed.Candidate is CandidateStatus.Ended or CandidateStatus.Created && observed.WasInterrupted && deployment.Starts < MostStarts)
        {
            return new DeploymentStep.StartCandidate();
        }

        var isLate = deployment.StateDeadline is { } deadline && now >= deadline + observed.StartPeriod;
        return observed.Probation.Standing switch
        {
            ReadinessFinding.Ready => new DeploymentStep.MoveTo(DeploymentState.Switching, "It is healthy. Moving traffic to it."),
            ReadinessFinding.Broken broken => GiveUp(broken.Code, broken.Sentence, observed),
            ReadinessFinding.NotYet notYet when isLate => GiveUp(DeploymentReason.HealthDeadline, $"The new container did not become healthy in time: {notYet.Why}.", observed),
            ReadinessFinding.NotYet notYet => new DeploymentStep.KeepWaiting(notYet.Why),
            _ => throw new ArgumentOutOfRangeException(nameof(observed), observed.Probation.Standing, "There is no such finding."),
        };
    }

    private static DeploymentStep.RollBack GiveUp(string code, string sentence, Observation observed) =>
        new(code, sentence) { LastProbe = observed.Probation.LastProbe };

    /// <param name="isWatched">The watch begins with the switch; its end is the state's deadline, which is stored with the switch.</param>
    private static DeploymentStep PlanSwitching(Observation observed, bool isWatched)
    {
        if (!observed.IsSwitchRecorded)
        {
            return observed.Candidate == CandidateStatus.Running
                ? new DeploymentStep.SwitchTraffic()
                : new DeploymentStep.MoveTo(DeploymentState.Verifying, "It stopped before traffic was moved to it. It has to prove itself again.");
        }

        if (observed.FellOver is { } why && !observed.WasInterrupted)
        {
            return new DeploymentStep.ReturnTraffic(DeploymentReason.FellOver, why);
        }

        return !observed.IsSwitched ? new DeploymentStep.SwitchTraffic()
            : isWatched ? new DeploymentStep.MoveTo(DeploymentState.Draining, "It does well. Letting requests on the old version finish.")
            : new DeploymentStep.KeepWaiting("it is being watched with the old version kept warm");
    }

    /// <summary>When the time is over, and be it none at all, the drain is what cuts off and tells how many that were.</summary>
    private static DeploymentStep PlanDraining(Deployment deployment, Observation observed, DateTimeOffset now)
    {
        var until = deployment.StateDeadline ?? DateTimeOffset.MinValue;
        return observed.IsDrained || observed.Retiring.Count == 0 || now >= until + LongestCut
            ? new DeploymentStep.MoveTo(DeploymentState.Retiring, observed.Retiring.Count == 0 ? "No older version has to go." : "Stopping what is no longer needed.")
            : new DeploymentStep.DrainRetiring(until);
    }

    private static DeploymentStep PlanRetiring(Deployment deployment, Observation observed, bool isLate)
    {
        if (observed.Retiring.Count == 0)
        {
            return new DeploymentStep.Finish(DeploymentState.Succeeded, DeploymentReason.Live, $"{deployment.Artifact} is live.");
        }

        return isLate
            ? new DeploymentStep.Finish(
                DeploymentState.Succeeded,
                DeploymentReason.LeftoversRemain,
                $"{deployment.Artifact} is live. {observed.Retiring.Count} older container(s) could not be removed yet; the next deployment or start tries again.")
            : new DeploymentStep.RemoveInstance(observed.Retiring[0]);
    }

    private static DeploymentStep PlanRollingBack(Deployment deployment, Observation observed)
    {
        if (observed.Candidate != CandidateStatus.Absent)
        {
            return new DeploymentStep.RemoveCandidate();
        }

        var code = deployment.ReasonCode ?? DeploymentReason.InternalError;
        return new DeploymentStep.Finish(
            code == DeploymentReason.Cancelled ? DeploymentState.Cancelled
            : DeploymentReason.ProvesImageBad(code) ? DeploymentState.RolledBack
            : DeploymentState.Failed,
            code,
            deployment.Reason ?? "The reason was not recorded.");
    }
}
