using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Plimsoll.Tests.Architecture;

namespace Plimsoll.Tests.Docs;

public sealed class ApiDescriptionTests
{
    /// <summary>Set by scripts/export-openapi: write the document instead of comparing it.</summary>
    private const string Export = "PLIMSOLL_EXPORT_OPENAPI";

    [Fact]
    public async Task The_dashboard_is_built_for_this_very_api()
    {
        var file = Path.Combine(StoryOrderTests.SourceFolder(), "..", "..", "web", "openapi.json");
        var document = await DescribeAsync();
        if (Environment.GetEnvironmentVariable(Export) is { Length: > 0 })
        {
            await File.WriteAllTextAsync(file, document + "\n", TestContext.Current.CancellationToken);
        }

        var kept = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        JsonNode.DeepEquals(kept, JsonNode.Parse(document)).ShouldBeTrue("The API is not what web/openapi.json says. Run scripts/export-openapi, and look at what the dashboard has to learn.");
    }

    private static async Task<string> DescribeAsync()
    {
        await using var app = ProgramEndpoints.Map();
        // What makes the endpoints known without a server that starts.
        app.UseRouting();
        app.UseEndpoints(_ => { });
        var description = app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1");
        var document = await description.GetOpenApiDocumentAsync(TestContext.Current.CancellationToken);
        return (await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
    }
}
