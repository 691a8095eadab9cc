using Plimsoll.Access;
using Plimsoll.Apps;
using Plimsoll.Deployments.ByHand;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Deployments.Api;

/// <summary>Deleting projects and stages. The answer waits until it is done; it is done also when nobody waits any more.</summary>
internal static class RemovalEndpoints
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var project = routes.MapGroup("/api/projects/{id}").RequireRole(Role.Operator);
        Describe(project.MapDelete("", RemoveProject), "Projects_Delete", "Takes a project's names away, removes its containers, and forgets it; keepContainers=true only forgets.").WithTags("Projects");
        Describe(project.MapDelete("/stages/{stage}", RemoveStage), "Stages_Delete", "Takes a stage's names away, removes its containers, and forgets it; keepContainers=true only forgets.").WithTags("Stages");
    }

    private static async Task<IResult> RemoveProject(string id, string? keepContainers, HttpContext context, ProjectStore projects, Removals removals, ContainerStatuses statuses, TimeProvider time) =>
        projects.Find(id) is not { } project ? Answers.Refused(Refusal.NotFound($"There is no project '{id}'."))
        : await RemoveAsync(
            keepContainers,
            (keep, who, cancellationToken) => removals.RemoveProjectAsync(project.Id, keep, who, new EditCheck(context, scope => Revisions.OfProject(scope, project.Id)).Begin, cancellationToken),
            context, removals, statuses, time);

    private static async Task<IResult> RemoveStage(string id, string stage, string? keepContainers, HttpContext context, ProjectStore projects, Removals removals, ContainerStatuses statuses, TimeProvider time) =>
        projects.Find(id) is not { } project ? Answers.Refused(Refusal.NotFound($"There is no project '{id}'."))
        : await RemoveAsync(
            keepContainers,
            (keep, who, cancellationToken) => removals.RemoveStageAsync(project.Id, stage, keep, who, new EditCheck(context, scope => Revisions.OfProject(scope, project.Id)).Begin, cancellationToken),
            context, removals, statuses, time);

    private static async Task<IResult> RemoveAsync(
        string? keepContainers, Func<bool, string, CancellationToken, Task<Outcome<RemovedPlace>>> remove, HttpContext context, Removals removals, ContainerStatuses statuses, TimeProvider time)
    {
        if (keepContainers is not (null or "0" or "1" or "true" or "false"))
        {
            return Answers.Refused(Refusal.Invalid("keepContainers", "Write true or false."));
        }

        var keep = keepContainers is "1" or "true";
        var there = await statuses.ReadAsync(null, context.RequestAborted);
        if (there is null && !keep)
        {
            return Answers.Refused(new Refusal(AnswerCode.DockerError, "The engine cannot be asked now, so no container can be removed. keepContainers=true only forgets."));
        }

        var begun = await remove(keep, context.User.Caller().ToString(), context.RequestAborted);
        if (begun.IsRefused(out var refusal))
        {
            return Answers.Refused(refusal);
        }

        var count = begun.Value!.InstanceIds.Count(id => there is null || there.ContainsKey(id));
        using var timer = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, LongAnswer.End(context));
        var isGone = await removals.WaitAsync(begun.Value, either.Token);
        return Answers.Ok(keep ? new RemovalResponse(0, count) : new RemovalResponse(count, 0), isGone ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint, string name, string summary) => endpoint
        .RefuseWhileStopping().WithName(name).WithSummary(summary)
        .Produces<Answer<RemovalResponse>>()
        .Produces<Answer<RemovalResponse>>(StatusCodes.Status202Accepted)
        .Produces<Answer<AnswerErrors>>(StatusCodes.Status404NotFound)
        .Produces<Answer<AnswerErrors>>(StatusCodes.Status409Conflict)
        .Produces<Answer<AnswerErrors>>(StatusCodes.Status412PreconditionFailed);
}
