namespace Plimsoll.Deployments.Api;

/// <summary>What became of the containers of a deleted project or stage.</summary>
public sealed record RemovalResponse(int RemovedContainers, int KeptContainers);
