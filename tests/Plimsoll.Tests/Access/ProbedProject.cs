using Dapper;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Access.Projects;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Tests.Access;

/// <summary>Addresses of projects in an <see cref="AccessApp"/>.</summary>
internal sealed class ProbedProject(Store store) : IProjectPlace
{
    public bool Knows(string routePattern) => routePattern == "/api/probe/project/{name}";

    public long? Find(RouteValueDictionary values) => store.Read(connection =>
        connection.QueryFirstOrDefault<long?>("SELECT id FROM projects WHERE name = @name", new { name = values["name"] as string }));

    public string Missing(RouteValueDictionary values) => $"project '{values["name"]}'";
}
