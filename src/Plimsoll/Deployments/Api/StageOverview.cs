namespace Plimsoll.Deployments.Api;

/// <summary>A stage with what runs on it.</summary>
/// <param name="Live">The tag that the router serves; null: nothing.</param>
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
    DeploymentResponse? LastDeployment);

/// <summary>A project with what runs of it.</summary>
public sealed record ProjectOverview(
    long Id,
    string Name,
    string Image,
    int Port,
    string? Healthcheck,
    bool AutoCreated,
    int InstanceCount,
    IReadOnlyList<StageOverview> Stages);
