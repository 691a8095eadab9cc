using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Access;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Tests.Docs;

public sealed class ApiPageTests
{
    private static readonly Page Api = Page.Read("docs/api.md");

    [Fact]
    public void Every_code_of_the_envelope_is_explained_and_none_that_does_not_exist()
    {
        var rows = Api.Rows("Code", "Status");
        var inCode = typeof(AnswerCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (int)field.GetRawConstantValue()!);
        rows.Select(Number).ShouldBe(inCode, ignoreOrder: true);
        rows.Where(row => Number(row) != AnswerCode.Ok)
            .ShouldAllBe(row => row[1] == new Refusal(Number(row), "").Status.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Every_endpoint_is_in_the_table_with_its_role_and_none_that_does_not_exist() =>
        Api.Rows("Method", "Address", "Role").Select(row => $"{row[0]} {Page.Code(row[1])} {row[2]}").ShouldBe(await EndpointsAsync(), ignoreOrder: true);

    private static int Number(string[] row) => int.Parse(Page.Code(row[0]), CultureInfo.InvariantCulture);

    private static async Task<IReadOnlyList<string>> EndpointsAsync()
    {
        await using var app = ProgramEndpoints.Map();
        return [.. ((IEndpointRouteBuilder)app).DataSources
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText != "/api/{**path}")
            .SelectMany(endpoint => Methods(endpoint).Select(method => $"{method} {AddressOf(endpoint)} {RoleOf(endpoint)}"))];
    }

    /// <summary>As a person writes it: without the marks that only routing needs.</summary>
    private static string AddressOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/')
        .Replace("{**", "{", StringComparison.Ordinal)
        .Replace(":long}", "}", StringComparison.Ordinal)
        .Replace("{documentName}", "openapi", StringComparison.Ordinal);

    private static IReadOnlyList<string> Methods(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

    private static string RoleOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetOrderedMetadata<RequiredRole>() is { Count: > 0 } needed
            ? needed.Max(role => role.Role).ToString().ToLowerInvariant()
            : "none";
}
