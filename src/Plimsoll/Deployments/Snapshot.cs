using Plimsoll.Apps;

namespace Plimsoll.Deployments;

/// <summary>
/// The configuration a deployment was made with. It stays with the deployment, so that a crash in the middle changes
/// nothing and so that going back brings back environment, limits and gate as well as the image. What an older snapshot
/// does not have was not there then, and has its default. How long a container may take to stop is not part of it: that
/// is about the version that goes, not the one that comes.
/// </summary>
internal sealed record Snapshot(
    IReadOnlyDictionary<string, string> Environment,
    int Port,
    string? HealthPath,
    string? Subdomain,
    HealthProof? Health = null,
    int MemoryLimit = 0,
    decimal CpuLimit = 0)
{
    public static Snapshot Of(Project project, Stage stage) =>
        new(project.Environment, project.Port, project.HealthPath, stage.Subdomain, project.Health, stage.MemoryLimit, stage.CpuLimit);

    public (Project Project, Stage Stage) Over(Project project, Stage stage) => (
        project with { Environment = Environment, Port = Port, HealthPath = HealthPath, Health = Health ?? new HealthProof() },
        stage with { Subdomain = Subdomain, MemoryLimit = MemoryLimit, CpuLimit = CpuLimit });

    /// <summary>Records print their properties; environments hold passwords.</summary>
    public override string ToString() => $"configuration with {Environment.Count} variable(s)";
}
