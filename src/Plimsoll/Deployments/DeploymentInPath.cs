using Plimsoll.Access.Projects;
using Plimsoll.Apps;

namespace Plimsoll.Deployments;

/// <summary>Addresses of a deployment: it belongs to the project of its stage.</summary>
internal sealed class DeploymentInPath(DeploymentStore deployments, StageStore stages) : IProjectPlace
{
    private const string Address = "/api/deploys/{id}";

    public bool Knows(string routePattern) => routePattern == Address || routePattern.StartsWith(Address + "/", StringComparison.Ordinal);

    public long? Find(RouteValueDictionary values) =>
        deployments.Find(Id(values)) is { } deployment ? stages.Find(deployment.StageId)?.ProjectId : null;

    public string Missing(RouteValueDictionary values) => $"deployment '{Id(values)}'";

    private static string Id(RouteValueDictionary values) => values["id"] as string ?? "";
}
