namespace Plimsoll.Deployments.Readiness;

/// <summary>One thing that must be true of a candidate before it gets traffic.</summary>
internal interface IReadinessCondition
{
    /// <summary>Whether this condition has a say about this candidate at all.</summary>
    bool AppliesTo(ReadinessTarget target);

    /// <summary>Looks once; never waits for longer than a few seconds.</summary>
    Task<ReadinessFinding> LookAsync(ReadinessTarget target, CancellationToken cancellationToken);
}
