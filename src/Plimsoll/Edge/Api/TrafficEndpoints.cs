using Plimsoll.Access;
using Plimsoll.Apps;
using Plimsoll.Apps.Api;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Edge.Api;

/// <summary>Holding a stage's visitors back for a while, and letting them in again.</summary>
internal static class TrafficEndpoints
{
    public static void MapTraffic(this IEndpointRouteBuilder routes)
    {
        var stage = routes.MapGroup("/api/projects/{id}/stages/{stage}").WithTags("Traffic");
        stage.MapGet("traffic", Get).RequireRole(Role.Viewer)
            .WithName("Traffic_Get").WithSummary("Whether the stage's requests go on, wait or are turned away")
            .Returns<TrafficResponse>().RefusesWith(StatusCodes.Status404NotFound);
        stage.MapPost("pause", PauseAsync).RequireRole(Role.Operator)
            .WithName("Traffic_Pause").WithSummary("Lets new requests wait until the stage is resumed, or until their time is over; a pause under way is prolonged")
            .Returns<TrafficResponse>().RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        stage.MapPost("resume", ResumeAsync).RequireRole(Role.Operator)
            .WithName("Traffic_Resume").WithSummary("Ends a pause or a maintenance; requests that wait go on")
            .Returns<TrafficResponse>().RefusesWith(StatusCodes.Status404NotFound);
        stage.MapPost("maintenance", MaintainAsync).RequireRole(Role.Operator)
            .WithName("Traffic_Maintain").WithSummary("Answers new requests with a page that asks to come back later")
            .Returns<TrafficResponse>().RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    private static IResult Get(string id, string stage, ProjectStore projects, StageStore stages, TrafficKeeper traffic) =>
        projects.Find(id) is not { } project ? NoProject(id)
        : stages.Find(project.Id, stage) is { } found ? Answers.Ok(TrafficResponse.From(found, traffic.Waiting(found.Id)))
        : Answers.Refused(Refusal.NotFound($"The project has no stage '{stage}'."));

    private static async Task<IResult> PauseAsync(
        string id, string stage, PauseRequest? request, HttpContext context, ProjectStore projects, TrafficKeeper traffic, CancellationToken cancellationToken) =>
        projects.Find(id) is { } project
            ? Answer(await traffic.PauseAsync(project, stage, request?.Seconds, By(context), cancellationToken), traffic)
            : NoProject(id);

    private static async Task<IResult> ResumeAsync(
        string id, string stage, HttpContext context, ProjectStore projects, TrafficKeeper traffic, CancellationToken cancellationToken) =>
        projects.Find(id) is { } project
            ? Answer(await traffic.ResumeAsync(project, stage, By(context), cancellationToken), traffic)
            : NoProject(id);

    private static async Task<IResult> MaintainAsync(
        string id, string stage, MaintenanceRequest? request, HttpContext context, ProjectStore projects, TrafficKeeper traffic, CancellationToken cancellationToken) =>
        projects.Find(id) is { } project
            ? Answer(await traffic.MaintainAsync(project, stage, request?.Message, By(context), cancellationToken), traffic)
            : NoProject(id);

    private static IResult Answer(Outcome<Stage> changed, TrafficKeeper traffic) =>
        changed.ToAnswer(stage => TrafficResponse.From(stage, traffic.Waiting(stage.Id)));

    private static string By(HttpContext context) => context.User.Caller().ToString();

    private static IResult NoProject(string id) => Answers.Refused(Refusal.NotFound($"There is no project '{id}'."));
}
