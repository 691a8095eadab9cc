using Plimsoll.Deployments.Readiness;

namespace Plimsoll.Deployments;

/// <summary>The world as it was seen just now, as far as the present state needs it.</summary>
internal sealed record Observation
{
    public bool ImageIsHere { get; init; }

    public CandidateStatus Candidate { get; init; } = CandidateStatus.Absent;

    public Probation Probation { get; init; } = Probation.Begun;

    /// <summary>What the image's own health check asks for before it may be called late; zero when the project says so itself.</summary>
    public TimeSpan StartPeriod { get; init; }

    /// <summary>The record and the router both say that the stage's traffic goes to the candidate.</summary>
    public bool IsSwitched { get; init; }

    /// <summary>The record says so, whatever the router does: from here there is only forward.</summary>
    public bool IsSwitchRecorded { get; init; }

    /// <summary>Why the candidate cannot be left in charge, though it had been proven; null while it does well.</summary>
    public string? FellOver { get; init; }

    /// <summary>Instances that have been taken out of the router and are still there, oldest first.</summary>
    public IReadOnlyList<string> Retiring { get; init; } = [];

    /// <summary>Whether the drain has been waited for in this run of the loop.</summary>
    public bool IsDrained { get; init; }

    /// <summary>
    /// Plimsoll or the engine has been away since the state began. A candidate that stands still now was stopped by
    /// that, not by a fault of its own.
    /// </summary>
    public bool WasInterrupted { get; init; }
}

/// <summary>What the engine says of the candidate's container.</summary>
internal enum CandidateStatus
{
    Absent,
    Created,
    Running,
    Ended,
}
