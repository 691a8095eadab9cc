using Plimsoll.Apps;

namespace Plimsoll.Deployments;

/// <summary>Reads what a deployment is to be made with. A deployment whose stage is gone has no context.</summary>
internal sealed class DeploymentContexts(ProjectStore projects, StageStore stages, SettingsStore settings, Installation installation)
{
    public DeploymentContext? For(Deployment deployment) =>
        stages.Find(deployment.StageId) is { } stage && projects.Find(stage.ProjectId) is { } project
            ? new DeploymentContext(deployment, project, stage, settings.Read(), installation.Id)
            : null;
}
