using Plimsoll.Apps;

namespace Plimsoll.Deployments.Api;

/// <summary>Puts together what clients see of projects, stages and instances. The engine is asked once for all of them.</summary>
internal sealed class ProjectOverviews(
    StageStore stages, SettingsStore settings, InstanceStore instances, DeploymentStore deployments, FailureStore failures, ITrafficSwitch traffic, ContainerStatuses statuses)
{
    public async Task<IReadOnlyList<ProjectOverview>> OfAsync(IReadOnlyList<Project> projects, CancellationToken cancellationToken)
    {
        var status = await statuses.ReadAsync(cancellationToken);
        var everyInstance = instances.All().ToLookup(instance => instance.StageId);
        var everyStage = stages.All().ToLookup(stage => stage.ProjectId);
        var configured = settings.Read();
        return [.. projects.Select(project =>
        {
            var overviews = everyStage[project.Id].Select(stage => Stage(project, stage, everyInstance[stage.Id], configured, status)).ToList();
            return new ProjectOverview(
                project.Id, project.Name, project.Repository, project.Port, project.HealthPath, project.AutoCreated, overviews.Sum(stage => stage.Instances.Count), overviews);
        })];
    }

    public DeploymentResponse Deployment(Deployment deployment, string project, string stage, bool withSteps) => new(
        deployment.Id,
        project,
        stage,
        deployment.Artifact.Repository,
        deployment.Artifact.Tag,
        deployment.Digest.ToString(),
        deployment.Trigger,
        deployment.RequestedBy,
        DeploymentTransitions.Name(deployment.State),
        deployment.IsTerminal,
        deployment.RollbackOf,
        deployment.ReasonCode,
        deployment.Reason,
        deployment.QueuedAt,
        deployment.StartedAt,
        deployment.FinishedAt,
        withSteps ? Failure(deployment.Id) : null,
        withSteps ? [.. deployments.StepsAfter(deployment.Id, 0).Select(step => new DeploymentStepResponse(step.Id, step.At, step.State, step.Text))] : null);

    private DeploymentFailureResponse? Failure(string deploymentId) => failures.Find(deploymentId) is { } failure
        ? new DeploymentFailureResponse(failure.ExitCode, failure.OutOfMemory, failure.LastProbe, failure.WhatToDo, failure.Log)
        : null;

    private StageOverview Stage(Project project, Stage stage, IEnumerable<Instance> ofStage, Settings configured, IReadOnlyDictionary<string, string>? status)
    {
        var list = ofStage.ToList();
        var live = list.FirstOrDefault(instance => instance.Standing == Standing.Live);
        var last = deployments.List(stage.Id, null, null, 1).FirstOrDefault();
        return new StageOverview(
            stage.Id,
            stage.Name,
            stage.TagPattern,
            stage.AutoDeploy,
            stage.MaxInstances,
            live?.Tag,
            live?.Digest.ToString(),
            HostNames.ForStage(configured, project.Name, stage),
            stage.Traffic.ToString().ToLowerInvariant(),
            [.. list.Select(instance => Instance(instance, status))],
            last is null ? null : Deployment(last, project.Name, stage.Name, withSteps: false));
    }

    private InstanceResponse Instance(Instance instance, IReadOnlyDictionary<string, string>? status) => new(
        instance.Id,
        instance.Tag,
        instance.Digest.ToString(),
        instance.Standing.ToString().ToLowerInvariant(),
        status is null ? "unknown" : status.GetValueOrDefault(instance.Id, "missing"),
        instance.ContainerName,
        instance.Port,
        traffic.AddressesOf(instance.Id),
        instance.CreatedAt);
}
