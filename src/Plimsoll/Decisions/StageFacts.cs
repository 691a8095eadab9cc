using Plimsoll.Apps;
using Plimsoll.Candidates.Images;
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

    /// <summary>What is known of the candidate's image; null: it was never met.</summary>
    public ImageFacts? Image { get; init; }

    /// <summary>What is known of the live image; null: nothing is live, or it was never met.</summary>
    public ImageFacts? LiveImage { get; init; }

    /// <summary>An earlier deployment of the candidate's digest that was live on this stage and was left again; null: there is none.</summary>
    public string? LeftDeployment { get; init; }

    /// <summary>Who has said yes to this very digest on this stage; null: nobody.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>Whether that yes was given with the confirmation that the stage wants.</summary>
    public bool ApprovalConfirms { get; init; }

    /// <summary>That a person has said no to this very digest; null: nobody did.</summary>
    public DeclinedVersion? Declined { get; init; }

    /// <summary>That a person does not want to hear of this digest for a while; null: nobody said so.</summary>
    public Snooze? Snoozed { get; init; }

    /// <summary>That a person does not want this version at all; null: nobody said so.</summary>
    public SkippedVersion? Skipped { get; init; }
}

/// <summary>"Not now": until when, and who said so.</summary>
internal sealed record Snooze(DateTimeOffset Until, string By);

/// <summary>"Not this one": who said so.</summary>
internal sealed record SkippedVersion(string By);

/// <summary>"No": who said so, and why.</summary>
internal sealed record DeclinedVersion(string By, string? Note);

/// <summary>An artifact that is being served.</summary>
/// <param name="Trouble">Why it is not well, as a sentence; null: nothing is known against it.</param>
internal sealed record RunningArtifact(string Tag, Digest Digest, string? Trouble = null)
{
    public bool IsHealthy => Trouble is null;
}

/// <summary>A deployment that is queued or under way.</summary>
internal sealed record PendingDeployment(string Id, string Tag, Digest Digest, bool IsQueued);

/// <summary>What was asked for later.</summary>
/// <param name="Id">Its deployment; null: it waits for one.</param>
internal sealed record LaterDeployment(string? Id, string Tag);

/// <summary>A digest that was rolled back on this stage.</summary>
internal sealed record BlockedDigest(Digest Digest, string Tag, string Reason, string DeploymentId);
