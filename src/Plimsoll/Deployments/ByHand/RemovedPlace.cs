namespace Plimsoll.Deployments.ByHand;

/// <summary>A project or stage that was deleted or is on its way out.</summary>
/// <param name="StageId">Null: the whole project.</param>
/// <param name="InstanceIds">What ran there when it was asked for.</param>
internal sealed record RemovedPlace(long ProjectId, long? StageId, IReadOnlyList<string> InstanceIds);
