using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Access;
using Plimsoll.Edge;
using Plimsoll.Plumbing;
using Plimsoll.Plumbing.Config;
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

    /// <summary>The program's endpoints, put together as Program.cs does; nothing is started and nothing is stored.</summary>
    internal static WebApplication BuildProgram()
    {
        var options = EnvironmentSettings.Read(_ => null) with { DataFolder = Path.Combine(Path.GetTempPath(), "plimsoll-docs-nothing-is-stored-here"), EncryptionKey = "the key of the tests" };
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddPlumbing(options);
        CallAll("Add", [builder.Services, new EdgeOptions()]);
        builder.Services.AddApiDescription();
        var app = builder.Build();
        CallAll("Map", [app]);
        app.MapApiDescription();
        return app;
    }

    private static async Task<IReadOnlyList<string>> EndpointsAsync()
    {
        await using var app = BuildProgram();
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

    /// <summary>Every chapter's AddX or MapX, so that a new chapter cannot be forgotten here.</summary>
    private static void CallAll(string verb, object[] available)
    {
        var features = typeof(PlumbingFeature).Assembly.GetTypes().Where(type => type.Name.EndsWith("Feature", StringComparison.Ordinal) && type != typeof(PlumbingFeature));
        foreach (var feature in features)
        {
            foreach (var method in feature.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.Name == verb + feature.Name[..^"Feature".Length]))
            {
                method.Invoke(null, [.. method.GetParameters().Select(parameter => available.First(parameter.ParameterType.IsInstanceOfType))]);
            }
        }
    }

    private static IReadOnlyList<string> Methods(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

    private static string RoleOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetOrderedMetadata<RequiredRole>() is { Count: > 0 } needed
            ? needed.Max(role => role.Role).ToString().ToLowerInvariant()
            : "none";
}
