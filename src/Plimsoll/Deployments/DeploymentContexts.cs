using System.Text.Json;
using Plimsoll.Apps;
using Plimsoll.Plumbing.Secrets;

namespace Plimsoll.Deployments;

/// <summary>
/// Reads what a deployment is made with: the present configuration until it begins, its own snapshot from then on. A
/// deployment whose stage is gone has no context.
/// </summary>
internal sealed class DeploymentContexts(ProjectStore projects, StageStore stages, SettingsStore settings, Installation installation, SecretBox secrets)
{
    private const string Purpose = "deployment snapshot";

    public DeploymentContext? For(Deployment deployment)
    {
        if (stages.Find(deployment.StageId) is not { } stage || projects.Find(stage.ProjectId) is not { } project)
        {
            return null;
        }

        if (deployment.SnapshotSealed is { } bytes)
        {
            (project, stage) = Open(bytes).Over(project, stage);
        }

        return new DeploymentContext(deployment, project, stage, settings.Read(), installation.Id);
    }

    public byte[] Seal(Snapshot snapshot) => secrets.Seal(JsonSerializer.Serialize(snapshot, DeploymentsJson.Default.Snapshot), Purpose);

    private Snapshot Open(byte[] bytes) => JsonSerializer.Deserialize(secrets.Open(bytes, Purpose), DeploymentsJson.Default.Snapshot)!;
}
