using Plimsoll.Access;
using Plimsoll.Deployments.ByHand;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Deployments.Api;

/// <summary>What a person does with one instance: stop it, start it, restart it, remove it.</summary>
internal static class InstanceEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var instance = routes.MapGroup("/api/projects/{id}/stages/{stage}/instances/{iid}").RequireRole(Role.Operator).WithTags("Instances");
        Describe(instance.MapPost("/stop", Stop), "Instances_Stop", "Lets its requests finish and stops it; it stays stopped until somebody starts it.");
        Describe(instance.MapPost("/start", Start), "Instances_Start", "Starts it; it gets its traffic when it has proven itself, and is stopped again if it does not.");
        Describe(instance.MapPost("/restart", Restart), "Instances_Restart", "Stops it and starts it again; it gets its traffic when it has proven itself.");
        Describe(instance.MapDelete("", Remove), "Instances_Remove", "Takes its names away, lets its requests finish and removes its container; answers with what it was.");
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
