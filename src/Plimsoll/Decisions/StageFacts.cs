using Plimsoll.Apps;
using Plimsoll.Registry;

namespace Plimsoll.Decisions;

/// <summary>All that a decision may look at, read in the transaction in which the decision is stored.</summary>
internal sealed record StageFacts
{
    public required Project Project { get; init; }

    public required Stage Stage { get; init; }

    /// <summary>What the router serves for this stage; null: nothing yet.</summary>
    public RunningArtifact? Live { get; init; }

    /// <summary>The deployments of this stage that are not over, oldest first.</summary>
    public IReadOnlyList<PendingDeployment> Pending { get; init; } = [];

    /// <summary>The block on the candidate's digest, if there is one.</summary>
    public BlockedDigest? Block { get; init; }

    /// <summary>The newest deployment of this stage that was asked for after the candidate was, whatever became of it.</summary>
    public LaterDeployment? Later { get; init; }

    /// <summary>What is live in the stage named by promote_from; null: nothing, or no such rule.</summary>
    public RunningArtifact? LiveInSource { get; init; }
}

/// <summary>An artifact that is being served.</summary>
internal sealed record RunningArtifact(string Tag, Digest Digest);

/// <summary>A deployment that is queued or under way.</summary>
internal sealed record PendingDeployment(string Id, string Tag, Digest Digest, bool IsQueued);

/// <summary>A deployment that was asked for later.</summary>
internal sealed record LaterDeployment(string Id, string Tag);

/// <summary>A digest that was rolled back on this stage.</summary>
internal sealed record BlockedDigest(Digest Digest, string Tag, string Reason, string DeploymentId);
