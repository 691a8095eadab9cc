using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <summary>A network that a new container joins, and the further names by which others find it there.</summary>
public sealed record NetworkJoin(string Network, IReadOnlyList<string> Aliases)
{
    internal JsonObject ToJson() => Aliases.Count == 0 ? [] : new JsonObject { ["Aliases"] = Aliases.ToJson() };
}
