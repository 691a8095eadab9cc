using Plimsoll.Access.Projects;

namespace Plimsoll.Apps;

/// <summary>Addresses of a project: by its number or its name.</summary>
internal sealed class ProjectInPath(ProjectStore projects) : IProjectPlace
{
    private const string Address = "/api/projects/{id}";

    public bool Knows(string routePattern) => routePattern == Address || routePattern.StartsWith(Address + "/", StringComparison.Ordinal);

    public long? Find(RouteValueDictionary values) => projects.Find(Id(values))?.Id;

    public string Missing(RouteValueDictionary values) => $"project '{Id(values)}'";

    private static string Id(RouteValueDictionary values) => values["id"] as string ?? "";
}
