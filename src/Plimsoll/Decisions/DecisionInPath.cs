using System.Globalization;
using Plimsoll.Access.Projects;
using Plimsoll.Decisions.Pending;

namespace Plimsoll.Decisions;

/// <summary>Addresses of a decision: it belongs to the project that it was about.</summary>
internal sealed class DecisionInPath(DecisionStore decisions, PendingStore pending) : IProjectPlace
{
    private const string Address = "/api/decisions/{id:long}";

    public bool Knows(string routePattern) => routePattern == Address || routePattern.StartsWith(Address + "/", StringComparison.Ordinal);

    public long? Find(RouteValueDictionary values) => long.TryParse(Id(values), CultureInfo.InvariantCulture, out var id)
        ? decisions.Find(id)?.ProjectId ?? pending.Find(id)?.ProjectId
        : null;

    public string Missing(RouteValueDictionary values) => $"decision {Id(values)}";

    private static string Id(RouteValueDictionary values) => Convert.ToString(values["id"], CultureInfo.InvariantCulture) ?? "";
}
