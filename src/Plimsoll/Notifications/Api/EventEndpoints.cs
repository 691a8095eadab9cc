using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Plimsoll.Access;
using Plimsoll.Access.Projects;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Notifications.Api;

/// <summary>The live feed: every event, resumable.</summary>
internal static class EventEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/events", List)
            .RequireRole(Role.Viewer).FiltersByProject().WithTags("Events").WithName("Events_List").WithSummary("Events after an id, oldest first, at most 500.")
            .Produces<Answer<IReadOnlyList<RecordedEvent>>>();
        routes.MapGet("/api/events/stream", Follow)
            .RequireRole(Role.Viewer).FiltersByProject().WithTags("Events").WithName("Events_Stream").WithSummary("Server-sent events; Last-Event-ID resumes, without it the stream begins now.")
            .Produces<string>(StatusCodes.Status200OK, EventStream.ContentType);
    }

    private static IResult List(HttpContext context, EventLog events, long? after) =>
        Answers.Ok(events.After(after ?? 0, context.User.Caller().Projects?.Names));

    private static IResult Follow(HttpContext context, EventLog events)
    {
        var resumeAfter = LastEventId.Of(context.Request) is > 0 and var id ? id : events.LastId();
        var caller = context.User.Caller();
        return new EventStream(over => Read(events, caller, resumeAfter, over));
    }

    private static async IAsyncEnumerable<SseItem<string>> Read(EventLog events, Caller caller, long lastId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var next = events.Changed.Next;
            var news = events.After(lastId);
            foreach (var recorded in news)
            {
                lastId = recorded.Id;
                if (!caller.MaySee(recorded.Project))
                {
                    continue;
                }

                yield return new SseItem<string>(JsonSerializer.Serialize(recorded, NotificationsJson.Default.RecordedEvent), recorded.Kind)
                {
                    EventId = recorded.Id.ToString(CultureInfo.InvariantCulture),
                };
            }

            // One read is only a part when there is much; what is left gives no signal of its own.
            if (news.Count < EventLog.MostPerRead)
            {
                await next.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
