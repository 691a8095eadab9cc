using Plimsoll.Access;
using Plimsoll.Access.Audit;
using Plimsoll.Access.Projects;
using Plimsoll.Apps.Api;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Inventory.Containers.Api;

/// <summary>Every container of the engine and how it stands (seed 003 §4, §9).</summary>
internal static class ContainerEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var containers = routes.MapGroup("/api/containers").WithTags("Containers");
        containers.MapGet("", ListAsync).RequireRole(Role.Viewer).FiltersByProject()
            .WithName("Containers_List").WithSummary("Every container of the engine, whoever started it, and whether there is another image for it.")
            .Returns<IReadOnlyList<ContainerResponse>>().RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status500InternalServerError);
        containers.MapGet("{id}", GetAsync).RequireRole(Role.Viewer).FiltersByProject()
            .WithName("Containers_Get").WithSummary("One container with every rule that was looked at; {id} is its name, its id or six or more digits of it.")
            .Returns<ContainerResponse>().RefusesWith(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status500InternalServerError);
        containers.MapPost("{id}/check", CheckAsync).RequireRole(Role.Operator).FiltersByProject().ChangesNothing().RefuseWhileStopping()
            .WithName("Containers_Check").WithSummary("Asks the registry now whether there is another image; the container is not touched.")
            .Returns<ContainerResponse>().RefusesWith(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status500InternalServerError);
    }

    private static async Task<IResult> ListAsync(string? status, string? text, HttpContext context, ContainerViews views, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(status) && !Enum.GetNames<ContainerStatus>().Contains(status, StringComparer.OrdinalIgnoreCase))
        {
            return Answers.Refused(Refusal.Invalid("status", $"A status is one of {string.Join(", ", Enum.GetNames<ContainerStatus>())}."));
        }

        var caller = context.User.Caller();
        IReadOnlyList<ContainerResponse> found = [.. views.Show(await views.VisibleAsync(caller, anew: false, cancellationToken), caller)
            .Where(container => string.IsNullOrEmpty(status) || string.Equals(container.Status, status, StringComparison.OrdinalIgnoreCase))
            .Where(container => string.IsNullOrEmpty(text) || Says(container, text))];
        return Answers.Ok(found);
    }

    private static async Task<IResult> GetAsync(string id, HttpContext context, ContainerViews views, CancellationToken cancellationToken) =>
        Find(await views.VisibleAsync(context.User.Caller(), anew: false, cancellationToken), id, out var container) is { } refusal
            ? Answers.Refused(refusal)
            : Answers.Ok(views.Show([container!], context.User.Caller(), withRules: true)[0]);

    private static async Task<IResult> CheckAsync(string id, HttpContext context, ContainerViews views, ContainerScan scan, CancellationToken cancellationToken)
    {
        if (Find(await views.VisibleAsync(context.User.Caller(), anew: true, cancellationToken), id, out var container) is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        if (scan.IsOwn(container!))
        {
            return Answers.Refused(Refusal.Conflict($"{container!.Name} is an instance of a stage: run the job scan, or look at the stage."));
        }

        await scan.CheckAsync(container!, cancellationToken);
        return Answers.Ok(views.Show([container!], context.User.Caller(), withRules: true)[0]);
    }

    private static Refusal? Find(IReadOnlyList<FoundContainer> containers, string id, out FoundContainer? container)
    {
        var found = ContainerViews.Find(containers, id);
        container = found is [var one] ? one : null;
        return found.Count switch
        {
            0 => Refusal.NotFound($"There is no container '{id}'."),
            1 => null,
            var many => Refusal.Conflict($"{many} containers have ids that begin with '{id}': write more of it."),
        };
    }

    private static bool Says(ContainerResponse container, string text) =>
        new[] { container.Name, container.Image, container.Reason, container.Project, container.Stage, container.ComposeProject, container.ComposeService }
            .Any(part => part?.Contains(text, StringComparison.OrdinalIgnoreCase) == true);
}
