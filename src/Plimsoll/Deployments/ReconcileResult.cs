namespace Plimsoll.Deployments;

/// <summary>What a look at a stage came to.</summary>
internal abstract record ReconcileResult
{
    private ReconcileResult()
    {
    }

    /// <summary>There is nothing left to do until somebody says "look again".</summary>
    public sealed record Done : ReconcileResult;

    /// <summary>Look again after this time, or earlier if somebody says so.</summary>
    public sealed record Again(TimeSpan After) : ReconcileResult;
}
