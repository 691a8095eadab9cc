using Plimsoll.Plumbing;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;
using Plimsoll.Registry;

namespace Plimsoll.Apps;

/// <summary>
/// Changes to projects, stages and settings: checked first, then made whole or not at all. A change is given as a
/// function of what is stored, and runs in the transaction that reads it: two people who save at once both keep their fields.
/// </summary>
internal sealed class AppsChanges(Store store, ProjectStore projects, StageStore stages, SettingsStore settings, EventLog events)
{
    /// <summary>Fires when a project, a stage, a registry or a setting was added or changed, so that the poller looks at once.</summary>
    public ChangeSignal Changed { get; } = new();

    public Task<Outcome<long>> AddProjectAsync(Project project, IReadOnlyList<Stage> newStages, CancellationToken cancellationToken) =>
        store.WriteAsync(scope => AddProject(scope, project, newStages), cancellationToken);

    public Outcome<long> AddProject(WriteScope scope, Project project, IReadOnlyList<Stage> newStages)
    {
        var errors = Validation.Of(project);
        foreach (var (field, message) in Validation.Of(newStages))
        {
            errors[field] = message;
        }

        if (errors.Count > 0)
        {
            return Refusal.Invalid(errors);
        }

        if (ProblemWith(scope, project) is { } problem)
        {
            return problem;
        }

        if (newStages.Select(stage => SubdomainTaken(scope, stage)).FirstOrDefault(taken => taken is not null) is { } refusal)
        {
            return refusal;
        }

        var id = projects.Add(scope, Canonical(project));
        foreach (var stage in newStages)
        {
            stages.Add(scope, stage with { ProjectId = id });
        }

        scope.Record(new Change("project-added", $"project {project.Name}") { After = projects.Find(scope, id), Project = project.Name });
        events.Append(scope, "project-added", $"Project {project.Name} was added{(project.AutoCreated ? " by itself, for an image that no project had" : "")}.", project.Name);
        scope.AfterCommit(Changed.Notify);
        return id;
    }

    public Task<Outcome<Project>> UpdateProjectAsync(long id, Func<Project, Outcome<Project>> change, CancellationToken cancellationToken, EditCheck? check = null) =>
        store.WriteAsync<Outcome<Project>>(
            scope =>
            {
                if (projects.Find(scope, id) is not { } stored)
                {
                    return Refusal.NotFound("The project has been removed meanwhile.");
                }

                if (check?.Begin(scope) is { } stale)
                {
                    return stale;
                }

                if (stored.Deleting)
                {
                    return BeingDeleted(stored.Name);
                }

                var changed = change(stored);
                if (changed.IsRefused(out _))
                {
                    return changed;
                }

                var project = changed.Value! with { Id = id };
                var errors = Validation.Of(project);
                if (errors.Count > 0)
                {
                    return Refusal.Invalid(errors);
                }

                if (ProblemWith(scope, project) is { } problem)
                {
                    return problem;
                }

                project = Canonical(project);
                projects.Update(scope, project);
                scope.Record(new Change("project-changed", $"project {project.Name}") { Before = stored, After = project, Project = project.Name });
                events.Append(scope, "project-changed", $"Project {project.Name} was changed.", project.Name);
                check?.End(scope);
                scope.AfterCommit(Changed.Notify);
                return project;
            },
            cancellationToken);

    public Task<Outcome<Stage>> AddStageAsync(long projectId, Stage stage, CancellationToken cancellationToken) =>
        store.WriteAsync(scope => AddStage(scope, projectId, stage), cancellationToken);

    public Outcome<Stage> AddStage(WriteScope scope, long projectId, Stage stage)
    {
        var added = stage with { Id = 0, ProjectId = projectId };
        return SaveStage(scope, added, () => added with { Id = stages.Add(scope, added) });
    }

    public Task<Outcome<Stage>> UpdateStageAsync(long projectId, string name, Func<Stage, Stage> change, CancellationToken cancellationToken, EditCheck? check = null) =>
        store.WriteAsync(
            scope =>
            {
                if (StageStore.FindIn(scope, projectId, name) is not { } stored)
                {
                    return Refusal.NotFound($"The project has no stage '{name}'.");
                }

                if (check?.Begin(scope) is { } stale)
                {
                    return stale;
                }

                var changed = change(stored) with { Id = stored.Id, ProjectId = projectId };
                return SaveStage(scope, changed, () =>
                {
                    stages.Update(scope, changed);
                    stages.FollowName(scope, projectId, stored.Name, changed.Name);
                    check?.End(scope);
                    return changed;
                }, stored.Name);
            },
            cancellationToken);

    public Task<Outcome<Settings>> UpdateSettingsAsync(Func<Settings, Settings> change, CancellationToken cancellationToken, EditCheck? check = null) =>
        store.WriteAsync<Outcome<Settings>>(
            scope =>
            {
                if (check?.Begin(scope) is { } stale)
                {
                    return stale;
                }

                var stored = settings.Read(scope);
                var changed = change(stored);
                var errors = Validation.Of(changed);
                if (errors.Count > 0)
                {
                    return Refusal.Invalid(errors);
                }

                settings.Write(scope, changed);
                scope.Record(new Change("settings-changed", "settings") { Before = stored, After = changed });
                events.Append(scope, "settings-changed", "The settings were changed.");
                check?.End(scope);
                scope.AfterCommit(Changed.Notify);
                return changed;
            },
            cancellationToken);

    /// <param name="oldName">The name before the change: stages promoted from it follow, so it must not count as missing.</param>
    private Outcome<Stage> SaveStage(WriteScope scope, Stage stage, Func<Stage> save, string? oldName = null)
    {
        if (projects.Find(scope, stage.ProjectId) is not { } project)
        {
            return Refusal.NotFound("The project has been removed meanwhile.");
        }

        if (project.Deleting || stage.Deleting)
        {
            return BeingDeleted(project.Deleting ? project.Name : $"{project.Name}/{stage.Name}");
        }

        var siblings = StageStore.OfProjectIn(scope, stage.ProjectId)
            .Where(sibling => sibling.Id != stage.Id)
            .Select(sibling => oldName is not null && sibling.PromoteFrom == oldName ? sibling with { PromoteFrom = stage.Name } : sibling)
            .ToList();
        var errors = Validation.Of(stage, siblings);
        if (errors.Count > 0)
        {
            return Refusal.Invalid(errors);
        }

        if (siblings.Any(sibling => sibling.Name == stage.PromoteFrom && sibling.Deleting))
        {
            return BeingDeleted($"{project.Name}/{stage.PromoteFrom}");
        }

        if (SubdomainTaken(scope, stage) is { } taken)
        {
            return taken;
        }

        var before = stage.Id == 0 ? null : StageStore.FindIn(scope, stage.Id);
        var saved = save();
        scope.Record(new Change(before is null ? "stage-added" : "stage-changed", $"stage {stage.Name} of {project.Name}") { Before = before, After = saved, Project = project.Name });
        events.Append(scope, "stage-changed", $"Stage {stage.Name} of {project.Name} was saved.", project.Name, stage.Name);
        scope.AfterCommit(Changed.Notify);
        return saved;
    }

    private static Refusal BeingDeleted(string name) => Refusal.Conflict($"{name} is being deleted.");

    private Refusal? ProblemWith(WriteScope scope, Project project)
    {
        if (projects.NameExists(scope, project.Name, project.Id))
        {
            return Refusal.Conflict($"There is already a project '{project.Name}'.");
        }

        if (project.RegistryId is not { } registryId)
        {
            return null;
        }

        // A token goes only to the registry it was given for.
        var host = ImageReference.Parse(project.Repository).Registry;
        return scope.QueryFirstOrDefault<string>("SELECT host FROM registries WHERE id = @registryId", new { registryId }) switch
        {
            null => Refusal.Invalid("registry", "The registry has been removed meanwhile."),
            var known when known != host => Refusal.Invalid("registry", $"This registry is {known}, but the image is at {host}. Choose the registry of the image, or none."),
            _ => null,
        };
    }

    private static Refusal? SubdomainTaken(WriteScope scope, Stage stage) =>
        stage.Subdomain is not null
        && scope.QueryFirstOrDefault<string>(
            "SELECT p.name || ' / ' || s.name FROM stages s JOIN projects p ON p.id = s.project_id WHERE s.subdomain = @Subdomain AND s.id <> @Id",
            stage) is { } owner
            ? Refusal.Conflict($"The subdomain '{stage.Subdomain}' belongs to {owner}.")
            : null;

    private static Project Canonical(Project project) => project with { Repository = ImageReference.Parse(project.Repository).Name };
}
