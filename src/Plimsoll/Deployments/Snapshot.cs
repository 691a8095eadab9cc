using Plimsoll.Apps;

namespace Plimsoll.Deployments;

/// <summary>
/// The configuration a deployment was made with. It stays with the deployment, so that a crash in the middle changes
/// nothing and so that going back brings back the environment as well as the image.
/// </summary>
internal sealed record Snapshot(IReadOnlyDictionary<string, string> Environment, int Port, string? HealthPath, string? Subdomain)
{
    public static Snapshot Of(Project project, Stage stage) => new(project.Environment, project.Port, project.HealthPath, stage.Subdomain);

    public (Project Project, Stage Stage) Over(Project project, Stage stage) => (
        project with { Environment = Environment, Port = Port, HealthPath = HealthPath },
        stage with { Subdomain = Subdomain });

    /// <summary>Records print their properties; environments hold passwords.</summary>
    public override string ToString() => $"configuration with {Environment.Count} variable(s)";
}
