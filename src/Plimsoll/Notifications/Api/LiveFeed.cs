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
/// deployments and measurements have none: whoever was away reads the deployment once more.
/// </summary>
internal static class LiveFeed
{
    private const string Step = "step";
    private const string Sample = "statistics";

    /// <param name="deployments">Null: no steps.</param>
    /// <param name="statistics">Null: no measurements. The caller may see the project.</param>
    public static async IAsyncEnumerable<SseItem<string>> Read(
        EventLog events, Caller caller, long lastEventId, DeploymentStore? deployments, StatisticsWatch? statistics, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var look = statistics?.Begin();
        var lastRound = statistics?.Statistics.Latest.Number ?? 0;
        var lastStepId = deployments?.LastStepId() ?? 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            Task next = Task.WhenAny([events.Changed.Next, .. deployments is null ? [] : new[] { deployments.Changed.Next }, .. statistics is null ? [] : new[] { statistics.Statistics.Changed.Next }]);
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

            if (statistics?.Statistics.Latest is { } round && round.Number != lastRound)
            {
                lastRound = round.Number;
                foreach (var sample in round.ByProject[statistics.Project])
                {
                    yield return new SseItem<string>(JsonSerializer.Serialize(sample, NotificationsJson.Default.InstanceSample), Sample);
                }
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
