namespace Plimsoll.Apps.Api;

/// <summary>A stage as a client writes it. In a change an absent field keeps its value, and an empty text clears it.</summary>
public sealed record StageRequest
{
    public string? Name { get; init; }

    public string? TagPattern { get; init; }

    public bool? AutoDeploy { get; init; }

    public int? MaxInstances { get; init; }

    public bool? Confirm { get; init; }

    public string? PromoteFrom { get; init; }

    public string? Subdomain { get; init; }

    /// <summary>Megabytes; 0: no limit.</summary>
    public int? MemoryLimit { get; init; }

    /// <summary>Processors, such as 1.5; 0: no limit.</summary>
    public decimal? CpuLimit { get; init; }

    /// <summary>Seconds between the stop signal and the kill; 0: what the settings say.</summary>
    public int? StopSeconds { get; init; }

    /// <summary>All of it: a field that is left out has its default again.</summary>
    public PolicyBody? Policy { get; init; }

    /// <summary>A new stage, or the stage as it is after this change.</summary>
    internal Stage Over(Stage? old) => (old ?? new Stage { Name = "", TagPattern = "" }) with
    {
        Name = Name ?? old?.Name ?? "",
        TagPattern = TagPattern ?? old?.TagPattern ?? "",
        AutoDeploy = AutoDeploy ?? old?.AutoDeploy ?? false,
        MaxInstances = MaxInstances ?? old?.MaxInstances ?? 1,
        Confirm = Confirm ?? old?.Confirm ?? false,
        PromoteFrom = FieldValue.Over(PromoteFrom, old?.PromoteFrom),
        Subdomain = FieldValue.Over(Subdomain, old?.Subdomain),
        MemoryLimit = MemoryLimit ?? old?.MemoryLimit ?? 0,
        CpuLimit = CpuLimit ?? old?.CpuLimit ?? 0,
        StopSeconds = StopSeconds ?? old?.StopSeconds ?? 0,
        Policy = Policy?.ToPolicy() ?? old?.Policy ?? Policies.Policy.Default,
    };
}
