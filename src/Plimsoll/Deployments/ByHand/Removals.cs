using Plimsoll.Apps;
using Plimsoll.Candidates;
using Plimsoll.Docker;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Deployments.ByHand;

/// <summary>
/// Deletes projects and stages. With their containers: what goes is marked and loses its names in one transaction, the
/// loop of each stage removes the containers, and the last to go takes the rows along; a crash in between is gone on with at
/// the next start. Without them: everything is forgotten at once, and the containers are on record as let go.
/// </summary>
internal sealed class Removals(
    Store store, ProjectStore projects, StageStore stages, InstanceStore instances, AppsChanges changes, ITrafficSwitch traffic, EventLog events, Func<DeploymentLoop> loop)
{
    public Task<Outcome<RemovedPlace>> RemoveProjectAsync(long projectId, bool keepContainers, string who, Func<WriteScope, Refusal?> mayChange, CancellationToken cancellationToken) =>
        RemoveAsync(
            scope => projects.Find(scope, projectId) is not { } project ? Refusal.NotFound("The project has been removed meanwhile.")
                : mayChange(scope) is { } stale ? stale
                : Begin(scope, project, StageStore.OfProjectIn(scope, projectId), null, keepContainers, who),
            cancellationToken);

    public Task<Outcome<RemovedPlace>> RemoveStageAsync(long projectId, string name, bool keepContainers, string who, Func<WriteScope, Refusal?> mayChange, CancellationToken cancellationToken) =>
        RemoveAsync(
            scope =>
            {
                if (projects.Find(scope, projectId) is not { } project || StageStore.FindIn(scope, projectId, name) is not { } stage)
                {
                    return Refusal.NotFound($"The project has no stage '{name}'.");
                }

                return mayChange(scope) is { } stale ? stale
                    : StageStore.OfProjectIn(scope, projectId).FirstOrDefault(other => other.PromoteFrom == name && !other.Deleting) is { } promoted
                        ? Refusal.Conflict($"Stage {promoted.Name} is promoted from {name}. Change that first.")
                        : Begin(scope, project, [stage], stage, keepContainers, who);
            },
            cancellationToken);

    /// <summary>Forgets a stage that is on its way out, once nothing of it is left on the engine.</summary>
    public async Task FinishAsync(long stageId, CancellationToken cancellationToken)
    {
        var isGone = await store.WriteAsync(
            scope =>
            {
                if (StageStore.FindIn(scope, stageId) is not { Deleting: true } stage || projects.Find(scope, stage.ProjectId) is not { } project
                    || InstanceStore.OfStage(scope, stageId).Count > 0)
                {
                    return false;
                }

                Forget(scope, project, stage);
                return true;
            },
            cancellationToken);
        if (isGone)
        {
            await traffic.ApplyAsync(cancellationToken);
        }
    }

    /// <summary>Waits until the place is gone, or the time is over.</summary>
    /// <returns>Whether it is gone.</returns>
    public async Task<bool> WaitAsync(RemovedPlace place, CancellationToken timeIsOver)
    {
        while (true)
        {
            var next = instances.Changed.Next;
            var isThere = place.StageId is { } stage ? stages.Find(stage) is { Deleting: true } : projects.Find(place.ProjectId) is { Deleting: true };
            if (!isThere || timeIsOver.IsCancellationRequested)
            {
                return !isThere;
            }

            await next.WaitAsync(timeIsOver).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Outcome<RemovedPlace>> RemoveAsync(Func<WriteScope, Outcome<RemovedPlace>> begin, CancellationToken cancellationToken)
    {
        var begun = await store.WriteAsync(begin, cancellationToken);
        if (!begun.IsRefused(out _))
        {
            try
            {
                // Whoever asked may go: the names are to go all the same.
                await traffic.ApplyAsync(CancellationToken.None);
            }
            catch (DockerUnavailableException)
            {
                // The router is made to agree with the record as soon as the engine answers again.
            }
        }

        return begun;
    }

    /// <param name="only">The one stage that goes; null: the whole project.</param>
    private Outcome<RemovedPlace> Begin(WriteScope scope, Project project, IReadOnlyList<Stage> leaving, Stage? only, bool keepContainers, string who)
    {
        var (noun, name) = only is null ? ("project", $"project {project.Name}") : ("stage", $"stage {only.Name} of {project.Name}");
        var running = leaving.SelectMany(stage => InstanceStore.OfStage(scope, stage.Id).Select(instance => (Stage: stage, Instance: instance))).ToList();
        var place = new RemovedPlace(project.Id, only?.Id, [.. running.Select(pair => pair.Instance.Id)]);
        if (only?.Deleting ?? project.Deleting)
        {
            return keepContainers ? Refusal.Conflict($"The {name} is being deleted with its containers already.") : place;
        }

        if (leaving.Select(stage => (stage, DeploymentStore.UnfinishedOf(scope, stage.Id))).FirstOrDefault(pair => pair.Item2.Count > 0) is (var stageAtWork, [.., var busy]))
        {
            return Refusal.Conflict($"Deployment {busy.Id} ({busy.Artifact.Tag}) is {DeploymentTransitions.Name(busy.State)} on {project.Name}/{stageAtWork.Name}. Wait for its end, or cancel it.");
        }

        traffic.Withdraw(scope, place.InstanceIds);
        scope.Record(new Change($"{noun}-deleted", name) { Before = only is null ? project : only, Project = project.Name });
        if (keepContainers)
        {
            foreach (var (stage, instance) in running)
            {
                instances.Release(scope, instance, project.Name, stage.Name);
            }
        }
        else
        {
            events.Append(scope, $"{noun}-deleting", $"{who} deletes the {name} with {running.Count} container(s).", project.Name, only?.Name);
            foreach (var (_, instance) in running)
            {
                instances.Move(scope, instance.Id, instance.Wish, Wish.Removing);
            }
        }

        if (only is null)
        {
            projects.MarkDeleting(scope, project.Id);
        }

        foreach (var stage in leaving)
        {
            stages.MarkDeleting(scope, stage.Id);
            if (keepContainers)
            {
                Forget(scope, project with { Deleting = only is null }, stage);
            }
            else
            {
                scope.AfterCommit(() => loop().LookAt(stage.Id));
            }
        }

        if (leaving.Count == 0)
        {
            ForgetProject(scope, project);
        }

        scope.AfterCommit(changes.Changed.Notify);
        return place;
    }

    private void Forget(WriteScope scope, Project project, Stage stage)
    {
        stages.Remove(scope, stage.Id);
        events.Append(scope, "stage-deleted", $"Stage {stage.Name} of {project.Name} was deleted.", project.Name, stage.Name);
        if (project.Deleting && StageStore.OfProjectIn(scope, project.Id).Count == 0)
        {
            ForgetProject(scope, project);
        }

        scope.AfterCommit(instances.Changed.Notify);
        scope.AfterCommit(changes.Changed.Notify);
    }

    private void ForgetProject(WriteScope scope, Project project)
    {
        projects.Remove(scope, project.Id);
        // Who adds the project once more sees its repository for the first time.
        SeenTags.ForgetUnused(scope, project.Repository);
        events.Append(scope, "project-deleted", $"Project {project.Name} was deleted.", project.Name);
        scope.AfterCommit(instances.Changed.Notify);
    }
}
