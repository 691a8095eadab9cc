namespace Plimsoll.Deployments;

/// <summary>The one thing to do next.</summary>
internal abstract record DeploymentStep
{
    private DeploymentStep()
    {
    }

    /// <summary>Writes the next state to the journal; nothing else happens in this step.</summary>
    public sealed record MoveTo(DeploymentState State, string Text) : DeploymentStep;

    public sealed record PullImage : DeploymentStep;

    public sealed record CreateCandidate : DeploymentStep;

    public sealed record StartCandidate : DeploymentStep;

    /// <summary>Looks again a little later.</summary>
    public sealed record KeepWaiting(string Why) : DeploymentStep;

    public sealed record SwitchTraffic : DeploymentStep;

    public sealed record DrainRetiring(DateTimeOffset Until) : DeploymentStep;

    public sealed record RemoveInstance(string InstanceId) : DeploymentStep;

    /// <summary>Gives the candidate up.</summary>
    public sealed record RollBack(string ReasonCode, string Sentence) : DeploymentStep
    {
        /// <summary>What the candidate answered last when it was asked; null: it was not.</summary>
        public string? LastProbe { get; init; }
    }

    /// <summary>Gives the candidate up after traffic went to it: what served before gets it back.</summary>
    public sealed record ReturnTraffic(string ReasonCode, string Sentence) : DeploymentStep;

    public sealed record RemoveCandidate : DeploymentStep;

    public sealed record Finish(DeploymentState State, string ReasonCode, string Sentence) : DeploymentStep;
}
