using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Deployments;

/// <summary>Puts a person's wish to stop a deployment on record and wakes the loop that acts on it.</summary>
internal sealed class DeploymentStop(Store store, DeploymentStore deployments, DeploymentContexts contexts, DeploymentLoop loop)
{
    public async Task<Outcome<Nothing>> RequestAsync(string id, string who, CancellationToken cancellationToken)
    {
        if (deployments.Find(id) is not { } deployment)
        {
            return Refusal.NotFound($"There is no deployment '{id}'.");
        }

        var isAccepted = await store.WriteAsync(
            scope =>
            {
                var accepted = deployments.RequestCancel(scope, id, who);
                if (accepted)
                {
                    scope.Record(new Change("deployment-cancelled", $"deployment {id}") { Project = contexts.For(deployment)?.Project.Name });
                }

                return accepted;
            },
            cancellationToken);
        if (!isAccepted)
        {
            deployment = deployments.Find(id) ?? deployment;
            return Refusal.Conflict($"Deployment {id} is {DeploymentTransitions.Name(deployment.State)} and cannot be stopped any more.{(deployment.IsTerminal ? "" : " To go back, roll back to an earlier deployment.")}");
        }

        loop.LookAt(deployment.StageId);
        return new Nothing();
    }
}
