namespace Plimsoll.Deployments;

/// <summary>Somebody else has changed the deployment meanwhile; whoever gets this must look again and changes nothing.</summary>
internal sealed class StaleDeploymentException(string id, DeploymentState from, DeploymentState to) : Exception(
    $"Deployment {id} is no longer {DeploymentTransitions.Name(from)}, so it did not become {DeploymentTransitions.Name(to)}.");
