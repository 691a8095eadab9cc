using Plimsoll.Apps.Policies;

namespace Plimsoll.Apps;

/// <summary>One place where a project runs.</summary>
internal sealed record Stage
{
    public long Id { get; init; }

    public long ProjectId { get; init; }

    public required string Name { get; init; }

    /// <summary>Order in the pipeline, from 0.</summary>
    public int Position { get; init; }

    /// <summary>Which tags belong here: a glob (<see cref="Apps.TagPattern"/>).</summary>
    public required string TagPattern { get; init; }

    public bool AutoDeploy { get; init; }

    /// <summary>How many versions stay running side by side, the live one included.</summary>
    public int MaxInstances { get; init; } = 1;

    /// <summary>Whether a person must say so for each deployment.</summary>
    public bool Confirm { get; init; }

    /// <summary>The stage of the same project in which a digest must be live before it may come here.</summary>
    public string? PromoteFrom { get; init; }

    /// <summary>The label in front of the domain; null: the settings' pattern makes one.</summary>
    public string? Subdomain { get; init; }

    /// <summary>The most memory a container may use, in megabytes of 1024 × 1024 bytes; 0: no limit.</summary>
    public int MemoryLimit { get; init; }

    /// <summary>The most processors a container may use, such as 1.5; 0: no limit.</summary>
    public decimal CpuLimit { get; init; }

    /// <summary>Seconds a container may take to stop before it is killed; 0: what the settings say.</summary>
    public int StopSeconds { get; init; }

    /// <summary>What else has to hold before a new image is deployed by itself.</summary>
    public Policy Policy { get; init; } = Policy.Default;

    /// <summary>Changed by <c>StageStore.SetTraffic</c> only, never by a change of the configuration.</summary>
    public StageTraffic Traffic { get; init; }

    /// <summary>When requests that wait at a paused stage are given up; null unless paused.</summary>
    public DateTimeOffset? TrafficUntil { get; init; }

    /// <summary>On its way out: its containers go, then it is forgotten. Changed by <c>StageStore.MarkDeleting</c> only.</summary>
    public bool Deleting { get; init; }

    /// <summary>What the maintenance page tells visitors; null: nothing of its own.</summary>
    public string? MaintenanceMessage { get; init; }
}
