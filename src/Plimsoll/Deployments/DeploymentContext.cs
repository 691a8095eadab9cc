using Plimsoll.Apps;

namespace Plimsoll.Deployments;

/// <summary>A deployment with the configuration it is to be made with, read anew for each run of the loop.</summary>
internal sealed record DeploymentContext(Deployment Deployment, Project Project, Stage Stage, Settings Settings, string Installation)
{
    public string ContainerName => ContainerNames.For(Project.Name, Stage.Name, Deployment.Artifact.Tag, Deployment.Id);
}
