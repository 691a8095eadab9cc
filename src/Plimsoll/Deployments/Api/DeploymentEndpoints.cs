using Plimsoll.Access;
using Plimsoll.Access.Projects;
using Plimsoll.Apps;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Deployments.Api;

/// <summary>Deployments: ask for one, read about them, follow one.</summary>
internal static class DeploymentEndpoints
{
    private const int LongestWait = 600;
    private const int LargestPage = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/projects/{id}/stages/{stage}/instances", Deploy)
            .RequireRole(Role.Operator).RefuseWhileStopping().WithTags("Deployments").WithName("Instances_Deploy").WithSummary("Deploys a tag to a stage.")
            .Produces<Answer<DeployResponse>>(StatusCodes.Status202Accepted).Produces<Answer<DeployResponse>>();
        var group = routes.MapGroup("/api/deploys").RequireRole(Role.Viewer).WithTags("Deployments");
        group.MapGet("", List).FiltersByProject().WithName("Deployments_List").WithSummary("Recent deployments, newest first; before=<id> for the next page.").Produces<Answer<IReadOnlyList<DeploymentResponse>>>();
        group.MapGet("/{id}", Get).WithName("Deployments_Get").WithSummary("One deployment with its log; wait=<seconds> answers when it is over.").Produces<Answer<DeploymentResponse>>();
        group.MapPost("/{id}/rollback", RollBack).RequireRole(Role.Operator).RefuseWhileStopping().WithName("Deployments_Rollback").WithSummary("Brings an earlier deployment back: its digest with the configuration of that time.")
            .Produces<Answer<DeployResponse>>(StatusCodes.Status202Accepted).Produces<Answer<DeployResponse>>();
        group.MapPost("/{id}/cancel", Cancel).RequireRole(Role.Operator).WithName("Deployments_Cancel").WithSummary("Stops a deployment that is queued or under way; what served goes on serving.")
            .Produces<Answer<DeploymentResponse>>(StatusCodes.Status202Accepted);
        group.MapGet("/{id}/logs", Follow).WithName("Deployments_Logs").WithSummary("Server-sent events: the log so far, then live until the end.").Produces<string>(StatusCodes.Status200OK, EventStream.ContentType);
    }

    private static async Task<IResult> Deploy(string id, string stage, DeployRequest body, HttpContext context, ManualDeployment deployment, CancellationToken cancellationToken)
    {
        var outcome = await deployment.RequestAsync(id, stage, body, context.User.Caller().ToString(), cancellationToken);
        return outcome.IsRefused(out var refusal) ? Answers.Refused(refusal) : ManualDeployment.Answer(outcome.Value!);
    }

    private static IResult List(string? project, string? stage, string? state, string? text, string? before, int? limit, HttpContext context, ProjectStore projects, StageStore stages, DeploymentStore deployments, ProjectOverviews overviews)
    {
        var caller = context.User.Caller();
        var ofProject = project is null ? null : projects.Find(project);
        if (project is not null && (ofProject is null || !caller.MaySee(ofProject.Id)))
        {
            return Answers.Refused(Refusal.NotFound($"There is no project '{project}'."));
        }

        var ofStage = ofProject is null || stage is null ? null : stages.Find(ofProject.Id, stage);
        if (stage is not null && ofStage is null)
        {
            return Answers.Refused(ofProject is null
                ? Refusal.Invalid("project", "Say which project the stage belongs to: project=<name>.")
                : Refusal.NotFound($"The project {ofProject.Name} has no stage '{stage}'."));
        }

        var beforeSequence = before is null ? null : deployments.Find(before)?.Sequence;
        if (before is not null && beforeSequence is null)
        {
            return Answers.Refused(Refusal.NotFound($"There is no deployment '{before}'."));
        }

        var ofState = Enum.GetValues<DeploymentState>().Cast<DeploymentState?>().FirstOrDefault(known => DeploymentTransitions.Name(known!.Value) == state);
        if (state is not null && ofState is null)
        {
            return Answers.Refused(Refusal.Invalid("state", $"'{state}' is not a state: use one of {string.Join(", ", Enum.GetValues<DeploymentState>().Select(DeploymentTransitions.Name))}."));
        }

        // The page first: a project may be made between the two reads. One that was removed takes its deployments with it.
        var found = deployments.List(ofStage?.Id, ofProject?.Id, beforeSequence, Math.Clamp(limit ?? 50, 1, LargestPage), caller.Projects?.Ids, ofState, text);
        return Answers.Ok(overviews.Deployments(found, StageNames(projects, stages), caller));
    }

    private static async Task<IResult> Get(string id, int? wait, HttpContext context, DeploymentStore deployments, DeploymentWatch watch, ProjectOverviews overviews, DeploymentContexts contexts, TimeProvider time)
    {
        if (wait is > 0)
        {
            using var timer = new CancellationTokenSource(TimeSpan.FromSeconds(Math.Min(wait.Value, LongestWait)), time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, LongAnswer.End(context));
            await watch.WaitAsync(id, either.Token);
        }

        return deployments.Find(id) is { } deployment && contexts.For(deployment) is { } found
            ? Answers.Ok(overviews.Deployment(deployment, found.Project.Name, found.Stage.Name, context.User.Caller()))
            : Answers.Refused(Refusal.NotFound($"There is no deployment '{id}'."));
    }

    private static async Task<IResult> RollBack(string id, HttpContext context, ManualRollback rollback, CancellationToken cancellationToken)
    {
        var outcome = await rollback.RequestAsync(id, context.User.Caller().ToString(), cancellationToken);
        return outcome.IsRefused(out var refusal) ? Answers.Refused(refusal) : ManualDeployment.Answer(outcome.Value!);
    }

    private static async Task<IResult> Cancel(string id, HttpContext context, DeploymentStop stop, DeploymentStore deployments, ProjectOverviews overviews, DeploymentContexts contexts, CancellationToken cancellationToken)
    {
        var outcome = await stop.RequestAsync(id, context.User.Caller().ToString(), cancellationToken);
        return outcome.IsRefused(out var refusal) ? Answers.Refused(refusal)
            : deployments.Find(id) is { } deployment && contexts.For(deployment) is { } found
                ? Answers.Ok(overviews.Deployment(deployment, found.Project.Name, found.Stage.Name, context.User.Caller()), StatusCodes.Status202Accepted)
                : Answers.Refused(Refusal.NotFound($"There is no deployment '{id}'."));
    }

    private static IResult Follow(string id, HttpContext context, DeploymentStore deployments) =>
        deployments.Find(id) is null
            ? Answers.Refused(Refusal.NotFound($"There is no deployment '{id}'."))
            : new EventStream(over => DeploymentLogStream.Follow(deployments, id, LastEventId.Of(context.Request), over));

    private static Dictionary<long, (string Project, string Stage)> StageNames(ProjectStore projects, StageStore stages)
    {
        var everyStage = stages.All();
        var projectNames = projects.List().ToDictionary(project => project.Id, project => project.Name);
        return everyStage.Where(stage => projectNames.ContainsKey(stage.ProjectId)).ToDictionary(stage => stage.Id, stage => (projectNames[stage.ProjectId], stage.Name));
    }
}
