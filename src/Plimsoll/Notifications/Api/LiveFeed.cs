using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Plimsoll.Access;
using Plimsoll.Deployments;
using Plimsoll.Plumbing.Events;

namespace Plimsoll.Notifications.Api;

/// <summary>
/// What happens, as server-sent events. Events have ids and are told again to a reader who was cut off. Steps of
/// deployments have none: whoever was away reads the deployment once more.
/// </summary>
internal static class LiveFeed
{
    private const string Step = "step";

    /// <param name="deployments">Null: events only.</param>
    public static async IAsyncEnumerable<SseItem<string>> Read(
        EventLog events, Caller caller, long lastEventId, DeploymentStore? deployments, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lastStepId = deployments?.LastStepId() ?? 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            var next = deployments is null ? events.Changed.Next : Task.WhenAny(events.Changed.Next, deployments.Changed.Next);
            // The steps first: an end is told when all that led to it has been.
            var steps = deployments?.StepsAfter(lastStepId) ?? [];
            foreach (var step in steps)
            {
                lastStepId = step.Id;
                if (!caller.MaySee(step.Project))
                {
                    continue;
                }

                yield return new SseItem<string>(JsonSerializer.Serialize(step, NotificationsJson.Default.TracedStep), Step);
            }

            var news = events.After(lastEventId);
            foreach (var recorded in news)
            {
                lastEventId = recorded.Id;
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
            if (news.Count < EventLog.MostPerRead && steps.Count < DeploymentStore.MostStepsPerRead)
            {
                await next.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
