namespace Plimsoll.Plumbing.Cli.Api;

/// <summary>A project with its stages.</summary>
internal sealed record ProjectStatus(string? Name, IReadOnlyList<StageStatus>? Stages);

/// <summary>What runs on a stage. <c>Live</c> is the tag that the router serves.</summary>
internal sealed record StageStatus(
    string? Name, string? Live, string? LiveDigest, string? Host, IReadOnlyList<InstanceStatus>? Instances, DeploymentStatus? LastDeployment);

/// <summary>One container of a stage.</summary>
internal sealed record InstanceStatus(string? Standing, string? Status, IReadOnlyList<string>? Addresses)
{
    public bool IsLive => Standing == "live";
}
