using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Plimsoll.Deployments.Api;

/// <summary>A deployment's log as server-sent events: what is there, then what comes, until the deployment is over.</summary>
internal static class DeploymentLogStream
{
    public static async IAsyncEnumerable<SseItem<string>> Follow(DeploymentStore deployments, string id, long lastId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var next = deployments.Changed.Next;
            // The state first: whatever was logged before the end is then surely among the steps that are read after it.
            var isOver = deployments.Find(id) is not { IsTerminal: false };
            var steps = deployments.StepsAfter(id, lastId);
            foreach (var step in steps)
            {
                lastId = step.Id;
                yield return new SseItem<string>(
                    JsonSerializer.Serialize(new DeploymentStepResponse(step.Id, step.At, step.State, step.Text), DeploymentsJson.Default.DeploymentStepResponse), "step")
                {
                    EventId = step.Id.ToString(CultureInfo.InvariantCulture),
                };
            }

            // One read is only a part when there is much; what is left gives no signal of its own.
            if (steps.Count == DeploymentStore.MostStepsPerRead)
            {
                continue;
            }

            if (isOver)
            {
                yield return new SseItem<string>("{}", "end");
                yield break;
            }

            await next.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
