namespace Plimsoll.Deployments.Api;

/// <summary>A deployment as clients see it.</summary>
/// <param name="Changes">What it changes against what was live before, in a sentence; null: not known.</param>
/// <param name="Failure">What was left to see of a candidate that was given up; null: none was, or a list was asked for.</param>
/// <param name="Actions">What the caller may do now: <c>cancel</c>, <c>rollback</c>.</param>
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
    string? Changes,
    DateTimeOffset QueuedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    DeploymentFailureResponse? Failure,
    IReadOnlyList<DeploymentStepResponse>? Steps,
    IReadOnlyList<string> Actions);

/// <summary>What was left to see of a candidate that was given up. Values of its variables are hidden.</summary>
/// <param name="ExitCode">Null: it still ran, or never did.</param>
/// <param name="OutOfMemory">It, or a process of it, was killed for using more memory than it may.</param>
/// <param name="LastProbe">What it answered last when it was asked.</param>
/// <param name="Log">Its last log lines, 50 at most, oldest first.</param>
public sealed record DeploymentFailureResponse(int? ExitCode, bool OutOfMemory, string? LastProbe, string? WhatToDo, IReadOnlyList<string> Log);

/// <summary>One line of a deployment's log.</summary>
public sealed record DeploymentStepResponse(long Id, DateTimeOffset At, string State, string Text);
