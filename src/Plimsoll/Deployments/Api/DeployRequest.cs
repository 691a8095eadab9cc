namespace Plimsoll.Deployments.Api;

/// <summary>A person's wish to run a tag on a stage.</summary>
public sealed record DeployRequest
{
    public string? Tag { get; init; }

    /// <summary>Needed on stages that want each deployment confirmed.</summary>
    public bool? Confirm { get; init; }

    /// <summary>Deploy even though the same digest is live, for example after a change of the environment.</summary>
    public bool? Again { get; init; }
}

/// <summary>What became of the wish.</summary>
public sealed record DeployResponse(string Decision, string ReasonCode, string Reason, string? DeployId);

/// <summary>A digest that was rolled back and does not come again by itself.</summary>
public sealed record BlockedResponse(string Project, string Stage, string Image, string Digest, string Reason, string DeployId, DateTimeOffset BlockedAt);

/// <summary>How many blocks were lifted.</summary>
public sealed record UnblockedResponse(int Lifted);
