using System.Security.Claims;
using Plimsoll.Access;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Apps.Api;

/// <summary>Projects and their stages: what should run.</summary>
internal static class ProjectEndpoints
{
    public static void MapProjects(this IEndpointRouteBuilder routes)
    {
        var projects = routes.MapGroup("/api/projects").WithTags("Projects");
        projects.MapPost("", CreateAsync).RequireRole(Role.Operator)
            .WithName("Projects_Create").WithSummary("Adds a project, with its stages if any are given")
            .Returns<ProjectResponse>(StatusCodes.Status201Created).RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict);
        projects.MapGet("{id}/config", GetConfig).RequireRole(Role.Viewer)
            .WithName("Projects_GetConfig").WithSummary("A project's configuration; {id} is its number or name")
            .Returns<ProjectResponse>().RefusesWith(StatusCodes.Status404NotFound);
        projects.MapPut("{id}", UpdateAsync).RequireRole(Role.Operator)
            .WithName("Projects_Update").WithSummary("Changes the fields that are sent")
            .Returns<ProjectResponse>().RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
        projects.MapPost("{id}/stages", CreateStageAsync).RequireRole(Role.Operator)
            .WithName("Stages_Create").WithSummary("Adds a stage at the end of the project's pipeline")
            .Returns<StageResponse>(StatusCodes.Status201Created).RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        projects.MapPut("{id}/stages/{stage}", UpdateStageAsync).RequireRole(Role.Operator)
            .WithName("Stages_Update").WithSummary("Changes the fields that are sent; {stage} is the stage's name")
            .Returns<StageResponse>().RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<IResult> CreateAsync(
        ProjectRequest request, AppsChanges changes, ProjectViews views, RegistryStore registries, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var project = request.Over(null, registries);
        if (project.IsRefused(out var refusal))
        {
            return Answers.Refused(refusal);
        }

        var stages = (request.Stages ?? []).Select(stage => (stage ?? new StageRequest()).Over(null)).ToList();
        var added = await changes.AddProjectAsync(project.Value!, stages, cancellationToken);
        return added.ToAnswer(id => views.Of(id, user), StatusCodes.Status201Created);
    }

    private static IResult GetConfig(string id, HttpContext context, ProjectStore projects, ProjectViews views, Store store)
    {
        if (projects.Find(id) is not { } project)
        {
            return NoProject(id);
        }

        // The revision before the rest: what is read later may only be newer.
        EditCheck.Show(context, Revisions.OfProject(store, project.Id));
        return projects.Find(project.Id) is { } found ? Answers.Ok(views.Of(found, context.User)) : NoProject(id);
    }

    private static async Task<IResult> UpdateAsync(
        string id, ProjectRequest request, AppsChanges changes, ProjectStore projects, ProjectViews views, RegistryStore registries, HttpContext context, CancellationToken cancellationToken)
    {
        if (projects.Find(id) is not { } project)
        {
            return NoProject(id);
        }

        var changed = await changes.UpdateProjectAsync(project.Id, stored => request.Over(stored, registries), cancellationToken, Check(context, project));
        return changed.ToAnswer(saved => views.Of(saved, context.User));
    }

    private static async Task<IResult> CreateStageAsync(
        string id, StageRequest request, AppsChanges changes, ProjectStore projects, SettingsStore settings, CancellationToken cancellationToken)
    {
        if (projects.Find(id) is not { } project)
        {
            return NoProject(id);
        }

        var added = await changes.AddStageAsync(project.Id, request.Over(null), cancellationToken);
        return added.ToAnswer(saved => StageResponse.From(saved, project, settings.Read()), StatusCodes.Status201Created);
    }

    private static async Task<IResult> UpdateStageAsync(
        string id, string stage, StageRequest request, HttpContext context, AppsChanges changes, ProjectStore projects, SettingsStore settings, CancellationToken cancellationToken)
    {
        if (projects.Find(id) is not { } project)
        {
            return NoProject(id);
        }

        var changed = await changes.UpdateStageAsync(project.Id, stage, request.Over, cancellationToken, Check(context, project));
        return changed.ToAnswer(saved => StageResponse.From(saved, project, settings.Read()));
    }

    /// <summary>A project's stages are part of it: they share its revision.</summary>
    private static EditCheck Check(HttpContext context, Project project) => new(context, scope => Revisions.OfProject(scope, project.Id));

    private static IResult NoProject(string id) => Answers.Refused(Refusal.NotFound($"There is no project '{id}'."));
}
