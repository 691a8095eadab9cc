namespace Plimsoll.Deployments.Readiness;

/// <summary>One thing that must be true of a candidate before it gets traffic.</summary>
internal interface IReadinessCondition
{
    /// <summary>Whether it has to ask the candidate itself, at the project's interval. What the engine says is looked at every time.</summary>
    bool AsksTheCandidate { get; }

    /// <summary>Whether this condition has a say about this candidate at all.</summary>
    bool AppliesTo(ReadinessTarget target);

    /// <summary>Looks once; never waits for longer than the project's timeout.</summary>
    Task<ReadinessFinding> LookAsync(ReadinessTarget target, CancellationToken cancellationToken);
}
