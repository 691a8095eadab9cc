namespace Plimsoll.Decisions.Api;

/// <summary>A person's yes.</summary>
public sealed record ApproveRequest
{
    /// <summary>Needed on stages that want each deployment confirmed.</summary>
    public bool? Confirm { get; init; }

    /// <summary>For those who look later; at most 500 characters.</summary>
    public string? Note { get; init; }
}

/// <summary>A person's no.</summary>
public sealed record DeclineRequest
{
    /// <summary>Why; at most 500 characters.</summary>
    public string? Note { get; init; }
}

/// <summary>For how long nobody wants to hear of it: one of both.</summary>
public sealed record SnoozeRequest
{
    public DateTimeOffset? Until { get; init; }

    /// <summary>Such as <c>2d</c> or <c>12h</c>.</summary>
    public string? For { get; init; }
}

/// <summary>What is left out.</summary>
public sealed record SkipRequest
{
    /// <summary><c>digest</c>: this very image (as when it is not given). <c>tag</c>: whatever comes under the tag.</summary>
    public string? What { get; init; }
}

/// <summary>What became of an answer.</summary>
/// <param name="State"><c>approved</c> or <c>declined</c>.</param>
/// <param name="Decision">The verdict with the answer: <c>deploy</c>, or why not.</param>
public sealed record AnswerResponse(long Id, string State, string Decision, string ReasonCode, string Reason, string? DeployId);
