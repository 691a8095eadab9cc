namespace Plimsoll.Deployments.Readiness;

/// <summary>
/// All conditions that apply to a candidate, asked in order; the first that is not satisfied answers. What the engine says
/// comes first and at every look, so that a candidate that ended is not waited for until the next question is due.
/// </summary>
internal sealed class HealthGate(IEnumerable<IReadinessCondition> conditions, TimeProvider time)
{
    private readonly IReadinessCondition[] _engine = [.. conditions.Where(condition => !condition.AsksTheCandidate)];
    private readonly IReadinessCondition[] _candidate = [.. conditions.Where(condition => condition.AsksTheCandidate)];

    public async Task<Probation> LookAsync(ReadinessTarget target, Probation probation, CancellationToken cancellationToken)
    {
        var byTheEngine = await AskAsync(_engine, target, cancellationToken);
        if (byTheEngine is not ReadinessFinding.Ready)
        {
            return probation.Refused(byTheEngine);
        }

        if (!probation.IsDue(target.Proof, time.GetUtcNow()))
        {
            return probation;
        }

        var answer = await AskAsync(_candidate, target, cancellationToken);
        return probation.After(answer with { Probe = answer.Probe ?? byTheEngine.Probe }, target.Proof, time.GetUtcNow());
    }

    /// <summary>What the engine says alone: enough for one that has been proven.</summary>
    public Task<ReadinessFinding> AskEngineAsync(ReadinessTarget target, CancellationToken cancellationToken) => AskAsync(_engine, target, cancellationToken);

    private static async Task<ReadinessFinding> AskAsync(IReadinessCondition[] conditions, ReadinessTarget target, CancellationToken cancellationToken)
    {
        string? probe = null;
        foreach (var condition in conditions.Where(condition => condition.AppliesTo(target)))
        {
            var finding = target.Hidden.In(await condition.LookAsync(target, cancellationToken));
            probe = finding.Probe ?? probe;
            if (finding is not ReadinessFinding.Ready)
            {
                return finding;
            }
        }

        return new ReadinessFinding.Ready { Probe = probe };
    }
}
