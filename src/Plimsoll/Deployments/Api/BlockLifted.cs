namespace Plimsoll.Deployments.Api;

/// <summary>What the audit trail keeps of blocks that were lifted.</summary>
/// <param name="Digest">The one that was named, or <c>all</c>.</param>
internal sealed record BlockLifted(string Digest, int Count);
