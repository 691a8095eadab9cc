using Plimsoll.Apps;

namespace Plimsoll.Deployments;

/// <summary>A deployment with the configuration it is to be made with, read anew for each run of the loop.</summary>
internal sealed record DeploymentContext(Deployment Deployment, Project Project, Stage Stage, Settings Settings, string Installation)
{
    /// <summary>How long a container of the stage may take to stop before it is killed.</summary>
    public TimeSpan StopGrace => TimeSpan.FromSeconds(Stage.StopSeconds > 0 ? Stage.StopSeconds : Settings.StopSeconds);

    public string ContainerName => ContainerNames.For(Project.Name, Stage.Name, Deployment.Artifact.Tag, Deployment.Id);
}
