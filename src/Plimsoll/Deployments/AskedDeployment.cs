namespace Plimsoll.Deployments;

/// <summary>What the audit trail keeps of a deployment that a person asked for.</summary>
/// <param name="RollbackOf">The earlier deployment that is to come back; null: this is no way back.</param>
internal sealed record AskedDeployment(string Id, string Image, string? RollbackOf);
