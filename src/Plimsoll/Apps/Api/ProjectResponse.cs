namespace Plimsoll.Apps.Api;

/// <summary>A project's configuration as clients see it. Values of <c>env</c> are shown only to those who may change them.</summary>
public sealed record ProjectResponse(
    long Id,
    string Name,
    string Image,
    long? RegistryId,
    int Port,
    string? Healthcheck,
    HealthBody Health,
    IReadOnlyDictionary<string, string> Env,
    bool AutoCreated,
    DateTimeOffset CreatedAt,
    IReadOnlyList<StageResponse> Stages)
{
    public const string Hidden = "••••••••";

    internal static ProjectResponse From(Project project, IEnumerable<Stage> stages, Settings settings, bool showValues) => new(
        project.Id,
        project.Name,
        project.Repository,
        project.RegistryId,
        project.Port,
        project.HealthPath,
        HealthBody.From(project.Health),
        showValues ? project.Environment : project.Environment.ToDictionary(pair => pair.Key, _ => Hidden),
        project.AutoCreated,
        project.CreatedAt,
        [.. stages.Select(stage => StageResponse.From(stage, project, settings))]);
}
