using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Plimsoll.Plumbing;

namespace Plimsoll.Deployments.Api;

/// <summary>A deployment's log as server-sent events: what is there, then what comes, until the deployment is over or Plimsoll stops.</summary>
internal static class DeploymentLogStream
{
    public static async IAsyncEnumerable<SseItem<string>> Follow(DeploymentStore deployments, string id, long lastId, Stopping stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = deployments.Changed.Next;
            // The state first: whatever was logged before the end is then surely among the steps that are read after it.
            var isOver = deployments.Find(id) is not { IsTerminal: false };
            foreach (var step in deployments.StepsAfter(id, lastId))
            {
                lastId = step.Id;
                yield return new SseItem<string>(
                    JsonSerializer.Serialize(new DeploymentStepResponse(step.Id, step.At, step.State, step.Text), DeploymentsJson.Default.DeploymentStepResponse), "step")
                {
                    EventId = step.Id.ToString(CultureInfo.InvariantCulture),
                };
            }

            if (isOver)
            {
                yield return new SseItem<string>("{}", "end");
                yield break;
            }

            if (!await stopping.UnlessBegunAsync(next, cancellationToken))
            {
                yield break;
            }
        }
    }
}
