using Plimsoll.Apps.Api;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Http;
using Plimsoll.Registry;

namespace Plimsoll.Apps.Seed;

/// <summary>Writes a file's content in an open transaction. Conflicts go to the problems, with the line they come from; the caller undoes all then.</summary>
internal sealed class SeedWriter(
    AppsChanges apps, RegistryChanges registryChanges, ProjectStore projects, RegistryStore registries, SettingsStore settings, NpmAccessStore npm)
{
    public ImportResponse Write(
        WriteScope scope, SeedFile file, IReadOnlyDictionary<string, string?> tokens, IReadOnlyDictionary<string, string?> authorities, string? npmPassword, SeedProblems problems)
    {
        settings.Write(scope, file.Global.Over(settings.Read(scope)));
        scope.AfterCommit(apps.Changed.Notify);
        if (file.Npm is { } access)
        {
            npm.Write(scope, new NpmAccess(access.Url, access.Email, npmPassword!));
        }

        var newRegistries = file.Registries.Count(registry => AddRegistry(scope, registry, registry.Entry with { Token = tokens[registry.Path], Authorities = authorities[registry.Path] }, problems));
        var (newProjects, newStages) = (0, 0);
        foreach (var project in file.Projects)
        {
            var (isNew, stages) = AddProject(scope, project, problems);
            newProjects += isNew ? 1 : 0;
            newStages += stages;
        }

        return new ImportResponse(newRegistries, newProjects, newStages);
    }

    private bool AddRegistry(WriteScope scope, SeedRegistry registry, RegistryEntry wanted, SeedProblems problems)
    {
        if (registries.FindByName(scope, wanted.Name) is { } stored)
        {
            if (stored != wanted with { Id = stored.Id })
            {
                problems.Add(registry.Path, "There is already a registry of this name with other values. An import only adds: change it there, or take it out of the file.");
            }

            return false;
        }

        var added = registryChanges.Add(scope, wanted);
        return !Refused(added.Refusal, registry.Path, problems);
    }

    private (bool IsNew, int Stages) AddProject(WriteScope scope, SeedProject project, SeedProblems problems)
    {
        var registry = project.Registry is null ? null : registries.FindByName(scope, project.Registry);
        if (registry is null && project.Registry is not null)
        {
            // Refused just now, or removed since the file was read.
            problems.Add(SeedPath.Join(project.Path, "registry"), $"Registry '{project.Registry}' is not there.");
            return (false, 0);
        }

        var wanted = project.Project with { Repository = ImageReference.Parse(project.Project.Repository).Name, RegistryId = registry?.Id };
        if (projects.FindByName(scope, wanted.Name) is { } stored)
        {
            var differing = Differing(stored, wanted);
            if (differing.Count == 0)
            {
                return (false, AddMissingStages(scope, project, stored.Id, problems));
            }

            problems.Add(project.Path, $"There is already a project of this name with other values of {string.Join(", ", differing)}. An import only adds: change it there, or take it out of the file.");
            return (false, 0);
        }

        var added = apps.AddProject(scope, wanted, project.Stages);
        return Refused(added.Refusal, project.Path, problems) ? (false, 0) : (true, project.Stages.Count);
    }

    private int AddMissingStages(WriteScope scope, SeedProject project, long projectId, SeedProblems problems)
    {
        var count = 0;
        foreach (var stage in project.Stages)
        {
            var path = SeedPath.Join(SeedPath.Join(project.Path, "stages"), stage.Name);
            if (StageStore.FindIn(scope, projectId, stage.Name) is not { } stored)
            {
                count += Refused(apps.AddStage(scope, projectId, stage).Refusal, path, problems) ? 0 : 1;
            }
            else if (stored != stage with { Id = stored.Id, ProjectId = projectId, Position = stored.Position })
            {
                problems.Add(path, "The project already has a stage of this name with other values. An import only adds: change it there, or take it out of the file.");
            }
        }

        return count;
    }

    private static List<string> Differing(Project stored, Project wanted) =>
    [
        .. stored.Repository == wanted.Repository ? [] : (string[])["image"],
        .. stored.RegistryId == wanted.RegistryId ? [] : (string[])["registry"],
        .. stored.Port == wanted.Port ? [] : (string[])["port"],
        .. stored.HealthPath == wanted.HealthPath ? [] : (string[])["healthcheck"],
        .. stored.Health == wanted.Health ? [] : (string[])["health"],
        .. stored.Environment.Count == wanted.Environment.Count && !stored.Environment.Except(wanted.Environment).Any() ? [] : (string[])["env"],
    ];

    private static bool Refused(Refusal? refusal, string path, SeedProblems problems)
    {
        if (refusal is null)
        {
            return false;
        }

        if (refusal.Errors is { } errors)
        {
            problems.AddFields(path, errors);
        }
        else
        {
            problems.Add(path, refusal.Message);
        }

        return true;
    }
}
