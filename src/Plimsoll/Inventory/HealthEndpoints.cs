using Plimsoll.Docker;
using Plimsoll.Edge;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Inventory;

/// <summary>For whoever watches the watcher: is the process well, and can it do its work?</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", Alive).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/health", Alive).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/readyz", ReadyAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static IResult Alive(Store store)
    {
        try
        {
            store.Read(connection => connection.State);
            return Answer(true, "ok");
        }
        catch (StoreUnavailableException problem)
        {
            return Answer(false, problem.Message);
        }
    }

    private static async Task<IResult> ReadyAsync(DockerEngine engine, RouteKeeper routes, CancellationToken cancellationToken)
    {
        try
        {
            await engine.System.PingAsync(cancellationToken);
        }
        catch (DockerException problem)
        {
            return Answer(false, problem.Message);
        }

        return routes.HasVerified ? Answer(true, "ok") : Answer(false, "The routes are still being compared with the engine.");
    }

    private static IResult Answer(bool ok, string status) =>
        TypedResults.Json(new HealthResponse(status), HealthJson.Default.HealthResponse, statusCode: ok ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
}
