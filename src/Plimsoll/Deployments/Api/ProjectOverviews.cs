using Plimsoll.Access;
using Plimsoll.Apps;
using Plimsoll.Deployments.ByHand;
using Plimsoll.Docker;

namespace Plimsoll.Deployments.Api;

/// <summary>Puts together what clients see of projects, stages and instances. The engine is asked once for all of them.</summary>
internal sealed class ProjectOverviews(
    StageStore stages, SettingsStore settings, InstanceStore instances, DeploymentStore deployments, FailureStore failures, ITrafficSwitch traffic, ContainerStatuses statuses)
{
    public async Task<IReadOnlyList<ProjectOverview>> OfAsync(IReadOnlyList<Project> projects, Caller caller, CancellationToken cancellationToken)
    {
        var everyStage = stages.All().ToLookup(stage => stage.ProjectId);
        var stageIds = projects.SelectMany(project => everyStage[project.Id]).Select(stage => stage.Id).ToHashSet();
        var shown = instances.All().Where(instance => stageIds.Contains(instance.StageId)).ToList();

        // The engine takes as long as the store with many containers, so both are asked at the same time.
        var asking = statuses.ReadAsync(shown, cancellationToken);
        var reading = Task.Run(
            () => (Busy: deployments.StagesWithWork().ToHashSet(), Newest: deployments.NewestOfStages(projects is [var only] ? only.Id : null), Settings: settings.Read()), cancellationToken);
        await Task.WhenAll(asking, reading);
        var containers = await asking;
        var (busy, newest, configured) = await reading;
        var everyInstance = shown.ToLookup(instance => instance.StageId);
        return [.. projects.Select(project =>
        {
            var ofProject = everyStage[project.Id].ToList();
            var overviews = ofProject.Select(stage => Stage(project, stage, ofProject, everyInstance, newest.GetValueOrDefault(stage.Id), configured, containers, busy.Contains(stage.Id), caller)).ToList();
            return new ProjectOverview(
                project.Id, project.Name, project.Repository, project.Port, project.HealthPath, project.AutoCreated, overviews.Sum(stage => stage.Instances.Count), overviews, project.Deleting,
                AllowedActions.OnProject(caller.Role, project.Deleting, ofProject.Any(stage => busy.Contains(stage.Id))));
        })];
    }

    public async Task<InstanceResponse> InstanceAsync(Instance instance, Caller caller, CancellationToken cancellationToken) =>
        Instance(instance, await statuses.ReadAsync([instance], cancellationToken), deployments.NextOf(instance.StageId) is not null, caller);

    public DeploymentResponse Deployment(Deployment deployment, string project, string stage, Caller caller) =>
        Deployment(deployment, project, stage, withSteps: true, caller, isLive: instances.Find(deployment.Id)?.Standing == Standing.Live);

    /// <summary>Without their logs; deployments of stages that are gone are left out.</summary>
    public IReadOnlyList<DeploymentResponse> Deployments(IReadOnlyList<Deployment> page, IReadOnlyDictionary<long, (string Project, string Stage)> names, Caller caller)
    {
        var live = instances.All().Where(instance => instance.Standing == Standing.Live).Select(instance => instance.Id).ToHashSet(StringComparer.Ordinal);
        return [.. page
            .Where(deployment => names.ContainsKey(deployment.StageId))
            .Select(deployment => Deployment(deployment, names[deployment.StageId].Project, names[deployment.StageId].Stage, withSteps: false, caller, live.Contains(deployment.Id)))];
    }

    private DeploymentResponse Deployment(Deployment deployment, string project, string stage, bool withSteps, Caller caller, bool isLive) => new(
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
        deployment.Changes,
        deployment.QueuedAt,
        deployment.StartedAt,
        deployment.FinishedAt,
        withSteps ? Failure(deployment.Id) : null,
        withSteps ? [.. deployments.StepsAfter(deployment.Id, 0).Select(step => new DeploymentStepResponse(step.Id, step.At, step.State, step.Text))] : null,
        AllowedActions.OnDeployment(caller.Role, deployment, isLive));

    private DeploymentFailureResponse? Failure(string deploymentId) => failures.Find(deploymentId) is { } failure
        ? new DeploymentFailureResponse(failure.ExitCode, failure.OutOfMemory, failure.LastProbe, failure.WhatToDo, failure.Log)
        : null;

    private StageOverview Stage(
        Project project,
        Stage stage,
        IReadOnlyCollection<Stage> ofProject,
        ILookup<long, Instance> everyInstance,
        Deployment? last,
        Settings configured,
        IReadOnlyDictionary<string, ContainerSummary>? containers,
        bool isBusy,
        Caller caller)
    {
        var live = LiveOf(everyInstance, stage);
        var source = ofProject.FirstOrDefault(other => other.Name == stage.PromoteFrom) is { } from ? LiveOf(everyInstance, from) : null;
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
            [.. everyInstance[stage.Id].Select(instance => Instance(instance, containers, isBusy, caller))],
            last is null ? null : Deployment(last, project.Name, stage.Name, withSteps: false, caller, isLive: live?.Id == last.Id),
            stage.Deleting,
            AllowedActions.OnStage(
                caller.Role, stage, isBusy, hasPromotion: source is not null && source.Digest != live?.Digest, isSource: ofProject.Any(other => other.PromoteFrom == stage.Name)));
    }

    private InstanceResponse Instance(Instance instance, IReadOnlyDictionary<string, ContainerSummary>? containers, bool isBusy, Caller caller)
    {
        var container = containers?.GetValueOrDefault(instance.Id);
        return new InstanceResponse(
            instance.Id,
            instance.Tag,
            instance.Digest.ToString(),
            instance.Standing.ToString().ToLowerInvariant(),
            containers is null ? "unknown" : container?.Status ?? "missing",
            instance.ContainerName,
            instance.Port,
            traffic.AddressesOf(instance.Id),
            instance.CreatedAt,
            instance.Wish == Wish.None ? null : instance.Wish.ToString().ToLowerInvariant(),
            instance.WishReason,
            AllowedActions.OnInstance(caller.Role, instance, container?.State, isBusy));
    }

    private static Instance? LiveOf(ILookup<long, Instance> everyInstance, Stage stage) =>
        everyInstance[stage.Id].FirstOrDefault(instance => instance.Standing == Standing.Live);
}
