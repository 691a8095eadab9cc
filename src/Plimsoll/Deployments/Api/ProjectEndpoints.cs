using Plimsoll.Access;
using Plimsoll.Access.Projects;
using Plimsoll.Apps;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Deployments.Api;

/// <summary>Projects and stages with what runs on them.</summary>
internal static class ProjectEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/projects").RequireRole(Role.Viewer).WithTags("Projects");
        group.MapGet("", List).FiltersByProject().WithName("Projects_List").WithSummary("All projects with their stages and instances.").Produces<Answer<IReadOnlyList<ProjectOverview>>>();
        group.MapGet("/{id}", Get).WithName("Projects_Get").WithSummary("One project, by number or name.").Produces<Answer<ProjectOverview>>();
        group.MapGet("/{id}/stages/{stage}/instances", Instances).WithName("Instances_List").WithSummary("The containers of a stage.").Produces<Answer<IReadOnlyList<InstanceResponse>>>();
    }

    private static async Task<IResult> List(HttpContext context, ProjectStore projects, ProjectOverviews overviews, CancellationToken cancellationToken) =>
        Answers.Ok(await overviews.OfAsync([.. projects.List().Where(project => context.User.Caller().MaySee(project.Id))], context.User.Caller(), cancellationToken));

    private static async Task<IResult> Get(string id, HttpContext context, ProjectStore projects, ProjectOverviews overviews, Store store, CancellationToken cancellationToken)
    {
        if (projects.Find(id) is not { } project)
        {
            return Answers.Refused(Refusal.NotFound($"There is no project '{id}'."));
        }

        // Of its configuration: what runs changes all the time.
        EditCheck.Show(context, Revisions.OfProject(store, project.Id));
        return Answers.Ok((await overviews.OfAsync([project], context.User.Caller(), cancellationToken))[0]);
    }

    private static async Task<IResult> Instances(string id, string stage, HttpContext context, ProjectStore projects, ProjectOverviews overviews, CancellationToken cancellationToken)
    {
        if (projects.Find(id) is not { } project)
        {
            return Answers.Refused(Refusal.NotFound($"There is no project '{id}'."));
        }

        var overview = (await overviews.OfAsync([project], context.User.Caller(), cancellationToken))[0].Stages.FirstOrDefault(candidate => candidate.Name == stage);
        return overview is null
            ? Answers.Refused(Refusal.NotFound($"The project {project.Name} has no stage '{stage}'."))
            : Answers.Ok(overview.Instances);
    }
}
