using Microsoft.OpenApi;

namespace Plimsoll.Plumbing.Http;

/// <summary>The OpenAPI document at /api/openapi.json, and a plain answer for addresses that do not exist.</summary>
internal static class ApiDescription
{
    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Plimsoll", Version = "v1", Description = "Every answer is {\"code\": 0, \"msg\": \"ok\", \"data\": …}; another code says what went wrong." };
            document.Servers = [];
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, _, _) =>
        {
            WholeNumbersAreNumbers(schema);
            return Task.CompletedTask;
        });
    });

    public static void MapApiDescription(this IEndpointRouteBuilder routes)
    {
        // A fixed path: any other name would be answered without the envelope.
        routes.MapOpenApi("/api/openapi.json").AllowAnonymous();
        routes.MapFallback("/api/{**path}", NothingHere.Answer).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>A number that is written as a text is read as well, which is nobody's business: it would make every client's numbers "number or text".</summary>
    private static void WholeNumbersAreNumbers(OpenApiSchema schema)
    {
        if (schema.Type is { } type && type.HasFlag(JsonSchemaType.Integer) && type.HasFlag(JsonSchemaType.String))
        {
            schema.Type = type & ~JsonSchemaType.String;
            schema.Pattern = null;
        }
    }
}
