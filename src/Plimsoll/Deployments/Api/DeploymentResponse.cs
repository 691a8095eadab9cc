namespace Plimsoll.Deployments.Api;

/// <summary>A deployment as clients see it.</summary>
public sealed record DeploymentResponse(
    string Id,
    string Project,
    string Stage,
    string Image,
    string Tag,
    string Digest,
    string Trigger,
    string RequestedBy,
    string State,
    bool IsOver,
    string? RollbackOf,
    string? ReasonCode,
    string? Reason,
    DateTimeOffset QueuedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    IReadOnlyList<DeploymentStepResponse>? Steps);

/// <summary>One line of a deployment's log.</summary>
public sealed record DeploymentStepResponse(long Id, DateTimeOffset At, string State, string Text);
