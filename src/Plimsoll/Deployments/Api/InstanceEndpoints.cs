using Plimsoll.Access;
using Plimsoll.Apps;
using Plimsoll.Deployments.ByHand;
using Plimsoll.Docker;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Deployments.Api;

/// <summary>What a person does with one instance: stop it, start it, restart it, remove it.</summary>
internal static class InstanceEndpoints
{
    private const int UsualTail = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        const string address = "/api/projects/{id}/stages/{stage}/instances/{iid}";
        routes.MapGet(address + "/logs", Logs).RequireRole(Role.Viewer).WithTags("Instances")
            .WithName("Instances_Logs").WithSummary("Server-sent events: the last lines of the container's log (tail=200), then live until it ends.")
            .Produces<string>(StatusCodes.Status200OK, EventStream.ContentType).Produces<Answer<AnswerErrors>>(StatusCodes.Status404NotFound);
        var instance = routes.MapGroup(address).RequireRole(Role.Operator).WithTags("Instances");
        Describe(instance.MapPost("/stop", Stop), "Instances_Stop", "Lets its requests finish and stops it; it stays stopped until somebody starts it.");
        Describe(instance.MapPost("/start", Start), "Instances_Start", "Starts it; it gets its traffic when it has proven itself, and is stopped again if it does not.");
        Describe(instance.MapPost("/restart", Restart), "Instances_Restart", "Stops it and starts it again; it gets its traffic when it has proven itself.");
        Describe(instance.MapDelete("", Remove), "Instances_Remove", "Takes its names away, lets its requests finish and removes its container; answers with what it was.");
    }

    private static async Task<IResult> Logs(
        string id, string stage, string iid, int? tail, ProjectStore projects, StageStore stages, DeploymentStore deployments, DeploymentContexts contexts, DeploymentObserver observer, DockerEngine engine, CancellationToken cancellationToken)
    {
        // The instance's id is its deployment's; the address must name the place that it really is at.
        if (projects.Find(id) is not { } project || stages.Find(project.Id, stage) is not { } place || deployments.Find(iid) is not { } deployment || deployment.StageId != place.Id
            || contexts.For(deployment) is not { } made)
        {
            return Answers.Refused(Refusal.NotFound($"There is no instance '{iid}' on a stage '{stage}' of a project '{id}'."));
        }

        return await observer.FindCandidateAsync(deployment, cancellationToken) is not { } container
            ? Answers.Refused(Refusal.NotFound($"The container of instance {iid} is gone, and its log with it."))
            : new EventStream(over => InstanceLogStream.Follow(engine, container.Id, Math.Clamp(tail ?? UsualTail, 0, InstanceLogStream.MostTail), new HiddenValues(made.Project.Environment), over));
    }

    private static Task<IResult> Stop(string id, string stage, string iid, HttpContext context, ManualInstance instance) =>
        instance.DoAsync(id, stage, iid, Wish.Stopping, context);

    private static Task<IResult> Start(string id, string stage, string iid, HttpContext context, ManualInstance instance) =>
        instance.DoAsync(id, stage, iid, Wish.Starting, context);

    private static Task<IResult> Restart(string id, string stage, string iid, HttpContext context, ManualInstance instance) =>
        instance.DoAsync(id, stage, iid, Wish.Restarting, context);

    private static Task<IResult> Remove(string id, string stage, string iid, HttpContext context, ManualInstance instance) =>
        instance.DoAsync(id, stage, iid, Wish.Removing, context);

    private static void Describe(RouteHandlerBuilder endpoint, string name, string summary) => endpoint
        .RefuseWhileStopping().WithName(name).WithSummary(summary)
        .Produces<Answer<InstanceResponse>>()
        .Produces<Answer<InstanceResponse>>(StatusCodes.Status202Accepted)
        .Produces<Answer<AnswerErrors>>(StatusCodes.Status404NotFound)
        .Produces<Answer<AnswerErrors>>(StatusCodes.Status409Conflict);
}
