namespace Plimsoll.Deployments.Api;

/// <summary>A stage with what runs on it.</summary>
/// <param name="Live">The tag that the router serves; null: nothing.</param>
/// <param name="Deleting">On its way out: its containers go first.</param>
/// <param name="Actions">What the caller may do now: <c>deploy</c>, <c>promote</c>, <c>pause</c>, <c>resume</c>, <c>maintenance</c>, <c>change</c>, <c>delete</c>.</param>
/// <param name="Traffic"><c>open</c>, <c>paused</c> or <c>maintenance</c>.</param>
public sealed record StageOverview(
    long Id,
    string Name,
    string TagPattern,
    bool AutoDeploy,
    int MaxInstances,
    string? Live,
    string? LiveDigest,
    string Host,
    string Traffic,
    IReadOnlyList<InstanceResponse> Instances,
    DeploymentResponse? LastDeployment,
    bool Deleting,
    IReadOnlyList<string> Actions);

/// <summary>A project with what runs of it.</summary>
/// <param name="Actions">What the caller may do now: <c>change</c>, <c>delete</c>.</param>
/// <param name="Deleting">On its way out: its containers go first.</param>
public sealed record ProjectOverview(
    long Id,
    string Name,
    string Image,
    int Port,
    string? Healthcheck,
    bool AutoCreated,
    int InstanceCount,
    IReadOnlyList<StageOverview> Stages,
    bool Deleting,
    IReadOnlyList<string> Actions);
