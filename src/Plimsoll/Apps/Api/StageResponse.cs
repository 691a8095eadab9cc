using Plimsoll.Apps.Policies;

namespace Plimsoll.Apps.Api;

/// <summary>A stage's configuration as clients see it.</summary>
/// <param name="PolicyText">What it deploys by itself and when, in a sentence.</param>
public sealed record StageResponse(
    long Id,
    string Name,
    string TagPattern,
    bool AutoDeploy,
    int MaxInstances,
    bool Confirm,
    string? PromoteFrom,
    string? Subdomain,
    int MemoryLimit,
    decimal CpuLimit,
    int StopSeconds,
    string Host,
    PolicyBody Policy,
    string PolicyText)
{
    internal static StageResponse From(Stage stage, Project project, Settings settings) => new(
        stage.Id,
        stage.Name,
        stage.TagPattern,
        stage.AutoDeploy,
        stage.MaxInstances,
        stage.Confirm,
        stage.PromoteFrom,
        stage.Subdomain,
        stage.MemoryLimit,
        stage.CpuLimit,
        stage.StopSeconds,
        HostNames.ForStage(settings, project.Name, stage),
        PolicyBody.From(stage.Policy),
        PolicySentence.Of(stage));
}
