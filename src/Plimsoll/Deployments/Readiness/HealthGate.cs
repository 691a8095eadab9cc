namespace Plimsoll.Deployments.Readiness;

/// <summary>All conditions that apply to a candidate, asked in order; the first that is not satisfied answers.</summary>
internal sealed class HealthGate(IEnumerable<IReadinessCondition> conditions)
{
    private readonly IReadinessCondition[] _conditions = [.. conditions];

    public async Task<ReadinessFinding> LookAsync(ReadinessTarget target, CancellationToken cancellationToken)
    {
        foreach (var condition in _conditions.Where(condition => condition.AppliesTo(target)))
        {
            var finding = await condition.LookAsync(target, cancellationToken);
            if (finding is not ReadinessFinding.Ready)
            {
                return finding;
            }
        }

        return new ReadinessFinding.Ready();
    }
}
