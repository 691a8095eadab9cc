using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Apps;

/// <summary>Changes to projects, stages, registries and settings: checked first, then made whole or not at all.</summary>
internal sealed class AppsChanges(Store store, ProjectStore projects, StageStore stages, RegistryStore registries, SettingsStore settings, EventLog events)
{
    /// <summary>Fires when a project or a stage was added or changed, so that the poller looks at once.</summary>
    public Plumbing.ChangeSignal Changed { get; } = new();

    public Task<Outcome<long>> AddProjectAsync(Project project, IReadOnlyList<Stage> newStages, CancellationToken cancellationToken) =>
        store.WriteAsync(scope => AddProject(scope, project, newStages), cancellationToken);

    public Outcome<long> AddProject(WriteScope scope, Project project, IReadOnlyList<Stage> newStages)
    {
        var errors = Validation.Of(project);
        for (var index = 0; index < newStages.Count; index++)
        {
            var stage = newStages[index];
            foreach (var (field, message) in Validation.Of(stage, [.. newStages.Where(other => !ReferenceEquals(other, stage))]))
            {
                errors[$"stages.{(stage.Name.Length > 0 ? stage.Name : index)}.{field}"] = message;
            }
        }

        if (errors.Count > 0)
        {
            return Refusal.Invalid(errors);
        }

        if (projects.NameExists(scope, project.Name))
        {
            return Refusal.Conflict($"There is already a project '{project.Name}'.");
        }

        if (newStages.Select(stage => SubdomainTaken(scope, stage)).FirstOrDefault(problem => problem is not null) is { } taken)
        {
            return Refusal.Conflict(taken);
        }

        var id = projects.Add(scope, project);
        foreach (var stage in newStages)
        {
            stages.Add(scope, stage with { ProjectId = id });
        }

        events.Append(scope, "project-added", $"Project {project.Name} was added{(project.AutoCreated ? " by itself, for an image that no project had" : "")}.", project.Name);
        scope.AfterCommit(Changed.Notify);
        return id;
    }

    public Task<Outcome<Project>> UpdateProjectAsync(Project project, CancellationToken cancellationToken) => store.WriteAsync<Outcome<Project>>(
        scope =>
        {
            var errors = Validation.Of(project);
            if (errors.Count > 0)
            {
                return Refusal.Invalid(errors);
            }

            projects.Update(scope, project);
            events.Append(scope, "project-changed", $"Project {project.Name} was changed.", project.Name);
            scope.AfterCommit(Changed.Notify);
            return project;
        },
        cancellationToken);

    public Task<Outcome<Stage>> SaveStageAsync(Project project, Stage stage, CancellationToken cancellationToken) => store.WriteAsync<Outcome<Stage>>(
        scope =>
        {
            var siblings = scope.Query<Stage>("SELECT * FROM stages WHERE project_id = @ProjectId AND id <> @Id", stage);
            var errors = Validation.Of(stage, [.. siblings]);
            if (errors.Count > 0)
            {
                return Refusal.Invalid(errors);
            }

            if (SubdomainTaken(scope, stage) is { } taken)
            {
                return Refusal.Conflict(taken);
            }

            var saved = stage;
            if (stage.Id == 0)
            {
                saved = stage with { Id = stages.Add(scope, stage) };
            }
            else
            {
                stages.Update(scope, stage);
            }

            events.Append(scope, "stage-changed", $"Stage {stage.Name} of {project.Name} was saved.", project.Name, stage.Name);
            scope.AfterCommit(Changed.Notify);
            return saved;
        },
        cancellationToken);

    public Task<Outcome<Settings>> SaveSettingsAsync(Settings changed, CancellationToken cancellationToken) => store.WriteAsync<Outcome<Settings>>(
        scope =>
        {
            var errors = Validation.Of(changed);
            if (errors.Count > 0)
            {
                return Refusal.Invalid(errors);
            }

            settings.Write(scope, changed);
            events.Append(scope, "settings-changed", "The settings were changed.");
            scope.AfterCommit(Changed.Notify);
            return changed;
        },
        cancellationToken);

    public Task<Outcome<RegistryEntry>> SaveRegistryAsync(RegistryEntry entry, CancellationToken cancellationToken) =>
        store.WriteAsync(scope => SaveRegistry(scope, entry), cancellationToken);

    public Outcome<RegistryEntry> SaveRegistry(WriteScope scope, RegistryEntry entry)
    {
        var errors = Validation.Of(entry);
        if (errors.Count > 0)
        {
            return Refusal.Invalid(errors);
        }

        if (registries.NameExists(scope, entry.Name, entry.Id))
        {
            return Refusal.Conflict($"There is already a registry '{entry.Name}'.");
        }

        events.Append(scope, "registry-changed", $"Registry {entry.Name} was saved.");
        scope.AfterCommit(Changed.Notify);
        if (entry.Id == 0)
        {
            return entry with { Id = registries.Add(scope, entry) };
        }

        registries.Update(scope, entry);
        return entry;
    }

    public Task<Outcome<Nothing>> RemoveRegistryAsync(RegistryEntry entry, CancellationToken cancellationToken) => store.WriteAsync<Outcome<Nothing>>(
        scope =>
        {
            var users = registries.UsedBy(scope, entry.Id);
            if (users.Count > 0)
            {
                return Refusal.Conflict($"Registry '{entry.Name}' is used by {string.Join(", ", users)}. Give them another registry first.");
            }

            registries.Remove(scope, entry.Id);
            events.Append(scope, "registry-removed", $"Registry {entry.Name} was removed.");
            return new Nothing();
        },
        cancellationToken);

    private static string? SubdomainTaken(WriteScope scope, Stage stage)
    {
        if (stage.Subdomain is null)
        {
            return null;
        }

        var owner = scope.QueryFirstOrDefault<string>(
            "SELECT p.name || ' / ' || s.name FROM stages s JOIN projects p ON p.id = s.project_id WHERE s.subdomain = @Subdomain AND s.id <> @Id",
            stage);
        return owner is null ? null : $"The subdomain '{stage.Subdomain}' belongs to {owner}.";
    }
}
