using Plimsoll.Apps;
using Plimsoll.Deployments.Readiness;
using Plimsoll.Docker;

namespace Plimsoll.Deployments;

/// <summary>Looks at the engine, the router and the store, and only at what the present state needs.</summary>
internal sealed class DeploymentObserver(DockerEngine engine, InstanceStore instances, ITrafficSwitch traffic, HealthGate gate)
{
    /// <param name="probation">What was seen of the candidate before this look.</param>
    public async Task<Observation> ObserveAsync(DeploymentContext context, bool wasInterrupted, bool isDrained, Probation probation, CancellationToken cancellationToken)
    {
        var deployment = context.Deployment;
        switch (deployment.State)
        {
            case DeploymentState.Pulling:
                var image = await engine.Images.FindAsync(deployment.Artifact.ByDigest, cancellationToken);
                return new Observation { ImageIsHere = image is not null };

            case DeploymentState.Starting:
            case DeploymentState.RollingBack:
                var candidate = await FindCandidateAsync(deployment, cancellationToken);
                return new Observation { Candidate = Status(candidate), WasInterrupted = wasInterrupted };

            case DeploymentState.Verifying:
                return await ObserveProofAsync(context, wasInterrupted, probation, cancellationToken);

            case DeploymentState.Switching:
                return await ObserveSwitchingAsync(context, wasInterrupted, cancellationToken);

            case DeploymentState.Draining:
            case DeploymentState.Retiring:
                return new Observation
                {
                    IsDrained = isDrained,
                    Retiring = [.. instances.OfStage(deployment.StageId).Where(instance => instance.Standing == Standing.Retiring).Select(instance => instance.Id)],
                };

            default:
                return new Observation();
        }
    }

    public async Task<ContainerDetails?> FindCandidateAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        var found = await engine.Containers.ListAsync(
            new ContainerFilter { Labels = [$"{Labels.Deployment}={deployment.Id}"], IncludeStopped = true }, cancellationToken);
        return found.Count == 0 ? null : await engine.Containers.FindAsync(found[0].Id, cancellationToken);
    }

    /// <summary>Whether the container of the deployment proves itself, whatever the deployment's state.</summary>
    public async Task<Observation> ObserveProofAsync(DeploymentContext context, bool wasInterrupted, Probation probation, CancellationToken cancellationToken)
    {
        var container = await FindCandidateAsync(context.Deployment, cancellationToken);
        if (container is null)
        {
            return new Observation { WasInterrupted = wasInterrupted };
        }

        var port = instances.Find(context.Deployment.Id)?.Port ?? context.Project.Port;
        var proof = context.Project.Health;
        var target = new ReadinessTarget(
            container, container.AddressOn(context.Settings.Network), port, context.Project.HealthPath, proof, new HiddenValues(context.Project.Environment));
        return new Observation
        {
            Candidate = Status(container),
            Probation = await gate.LookAsync(target, probation, cancellationToken),
            StartPeriod = proof.StartSeconds is null ? container.HealthCheckStartPeriod : TimeSpan.Zero,
            WasInterrupted = wasInterrupted,
        };
    }

    private async Task<Observation> ObserveSwitchingAsync(DeploymentContext context, bool wasInterrupted, CancellationToken cancellationToken)
    {
        var deployment = context.Deployment;
        var container = await FindCandidateAsync(deployment, cancellationToken);
        var isRecorded = instances.Find(deployment.Id)?.Standing == Standing.Live;
        return new Observation
        {
            Candidate = Status(container),
            IsSwitchRecorded = isRecorded,
            IsSwitched = isRecorded && traffic.Serves(deployment.StageId, deployment.Id),
            FellOver = isRecorded ? await WhyItFellOverAsync(context, container, cancellationToken) : null,
            WasInterrupted = wasInterrupted,
        };
    }

    /// <summary>Ended, started again by the engine, or called unhealthy by its own check: what a proven version must not do.</summary>
    private async Task<string?> WhyItFellOverAsync(DeploymentContext context, ContainerDetails? container, CancellationToken cancellationToken)
    {
        if (container is null)
        {
            return "The new container was removed by somebody else after traffic had gone to it.";
        }

        if (container.RestartCount > 0)
        {
            // The engine forgets the exit code when it starts a container again.
            return "The new container ended after traffic had gone to it; the engine had to start it again.";
        }

        // It has started: no start period counts any more.
        var target = new ReadinessTarget(container, null, 0, null, new HealthProof(), new HiddenValues(context.Project.Environment));
        var finding = await gate.AskEngineAsync(target, cancellationToken);
        return finding is ReadinessFinding.Broken broken ? $"After traffic had gone to it: {broken.Sentence}" : null;
    }

    private static CandidateStatus Status(ContainerDetails? container) => container switch
    {
        null => CandidateStatus.Absent,
        { State.Status: "created" } => CandidateStatus.Created,
        { State.Running: true } => CandidateStatus.Running,
        _ => CandidateStatus.Ended,
    };
}
