using Plimsoll.Access;
using Plimsoll.Access.Projects;
using Plimsoll.Apps;
using Plimsoll.Deployments;
using Plimsoll.Inventory.Statistics;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Notifications.Api;

/// <summary>The live feed: every event, resumable.</summary>
internal static class EventEndpoints
{
    private const int UsualPage = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/events", List)
            .RequireRole(Role.Viewer).FiltersByProject().WithTags("Events").WithName("Events_List")
            .WithSummary("Events after an id, oldest first, at most 500; with before=<id> the ones before it, newest first (before=0: the newest).")
            .Produces<Answer<IReadOnlyList<RecordedEvent>>>();
        routes.MapGet("/api/events/stream", Follow)
            .RequireRole(Role.Viewer).FiltersByProject().WithTags("Events").WithName("Events_Stream")
            .WithSummary("Server-sent events; Last-Event-ID resumes, without it the stream begins now. With steps=true every line of every deployment's log as well, with statistics=<project> what its running instances use, from now on.")
            .Produces<string>(StatusCodes.Status200OK, EventStream.ContentType);
    }

    private static IResult List(HttpContext context, EventLog events, long? after, long? before, string? project, string? stage, string? kind, string? text, int? limit)
    {
        var filter = new EventFilter(project, stage, kind, text, context.User.Caller().Projects?.Names);
        return Answers.Ok(before is { } id ? events.Before(id > 0 ? id : long.MaxValue, limit ?? UsualPage, filter) : events.After(after ?? 0, filter));
    }

    private static IResult Follow(
        HttpContext context, EventLog events, DeploymentStore deployments, ProjectStore projects, InstanceStatistics measured, bool? steps, string? statistics)
    {
        var resumeAfter = LastEventId.Of(context.Request) is > 0 and var id ? id : events.LastId();
        var caller = context.User.Caller();
        StatisticsWatch? watch = null;
        if (statistics is not null)
        {
            if (projects.Find(statistics) is not { } project || !caller.MaySee(project.Id))
            {
                return Answers.Refused(Refusal.NotFound($"There is no project '{statistics}'."));
            }

            watch = new StatisticsWatch(measured, project.Name);
        }

        return new EventStream(over => LiveFeed.Read(events, caller, resumeAfter, steps == true ? deployments : null, watch, over));
    }
}
