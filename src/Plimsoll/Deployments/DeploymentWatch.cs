using Plimsoll.Candidates;

namespace Plimsoll.Deployments;

/// <summary>Waits for deployments to end.</summary>
internal sealed class DeploymentWatch(DeploymentStore deployments) : IDeploymentWatch
{
    public async Task<(string State, string? Reason)?> WaitAsync(string deploymentId, CancellationToken timeIsOver)
    {
        while (true)
        {
            var next = deployments.Changed.Next;
            if (deployments.Find(deploymentId) is not { } deployment)
            {
                return null;
            }

            if (deployment.IsTerminal || timeIsOver.IsCancellationRequested)
            {
                return (DeploymentTransitions.Name(deployment.State), deployment.Reason);
            }

            await next.WaitAsync(timeIsOver).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
