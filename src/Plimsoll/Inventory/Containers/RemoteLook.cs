using Plimsoll.Registry;

namespace Plimsoll.Inventory.Containers;

/// <summary>What a registry said for one container.</summary>
/// <param name="Tag">The tag that is offered: the container's own, or a newer version where versions are followed.</param>
/// <param name="Digest">Null: it was not asked, or did not say.</param>
internal sealed record RemoteLook(string? Tag, Digest? Digest = null, string? Problem = null, string? ProblemCode = null)
{
    public static readonly RemoteLook NotAsked = new((string?)null);
}
