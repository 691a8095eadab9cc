namespace Plimsoll.Plumbing.Cli.Api;

/// <summary>Asks for a tag on a stage.</summary>
internal sealed record DeployOrder(string Tag, bool Confirm, bool Again);

/// <summary>What became of the order. Without a <c>DeployId</c> nothing had to be done.</summary>
internal sealed record DeployVerdict(string? Decision, string? ReasonCode, string? Reason, string? DeployId)
{
    public const string AlreadyLive = "already-live";
}
