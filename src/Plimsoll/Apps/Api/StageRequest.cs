namespace Plimsoll.Apps.Api;

/// <summary>A stage as a client writes it.</summary>
public sealed record StageRequest
{
    public string? Name { get; init; }

    public string? TagPattern { get; init; }

    public bool? AutoDeploy { get; init; }

    public int? MaxInstances { get; init; }

    public bool? Confirm { get; init; }

    public string? PromoteFrom { get; init; }

    public string? Subdomain { get; init; }
}
