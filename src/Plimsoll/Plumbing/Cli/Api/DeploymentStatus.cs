namespace Plimsoll.Plumbing.Cli.Api;

/// <summary>Where a deployment is.</summary>
internal sealed record DeploymentStatus(string? Id, string? Project, string? Stage, string? Tag, string? Digest, string? State, bool IsOver, string? Reason)
{
    public const string Succeeded = "succeeded";
}

/// <summary>One line of a deployment's log. Ids only grow.</summary>
internal sealed record DeploymentLine(long Id, DateTimeOffset At, string? State, string? Text);
