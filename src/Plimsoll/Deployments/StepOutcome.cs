namespace Plimsoll.Deployments;

/// <summary>How the effect of a step went.</summary>
internal abstract record StepOutcome
{
    private StepOutcome()
    {
    }

    public sealed record Done : StepOutcome;

    /// <summary>The outside world is not ready; the same step is tried again later.</summary>
    public sealed record TryLater(string Why) : StepOutcome;

    /// <summary>Trying again is of no use.</summary>
    public sealed record GiveUp(string ReasonCode, string Sentence) : StepOutcome;
}
