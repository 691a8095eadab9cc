using Plimsoll.Plumbing.Http;

namespace Plimsoll.Plumbing.Dashboard;

/// <summary>Answers every address that is nobody else's with a file of the dashboard, or with its page where a browser asks for one.</summary>
internal static class DashboardEndpoint
{
    /// <summary>What the build makes lies here. A file that is missing belongs to another version and must not be answered with a page.</summary>
    private const string Built = "_app/";

    private const string WithoutDashboard =
        "Plimsoll runs. This program was built without its dashboard: ./run builds both where Node.js 20 or newer is installed. The API is described at /api/openapi.json.";

    /// <summary>Nothing in these files is a secret; what they show comes from the API, which asks who wants to know.</summary>
    public static void MapDashboard(this IEndpointRouteBuilder routes) =>
        routes.MapFallback("{**path}", Answer).AllowAnonymous().ExcludeFromDescription();

    private static IResult Answer(HttpContext context, DashboardFiles files, EndpointDataSource endpoints)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            return NothingHere.Answer(context, endpoints);
        }

        var path = request.Path.Value!.TrimStart('/');
        return files.Find(path) is { } file ? new DashboardAnswer(files, file)
            : !WantsPage(request, path) ? NothingHere.Answer(context, endpoints)
            : files.Page is { } page ? new DashboardAnswer(files, page)
            : Results.Text(WithoutDashboard, statusCode: path.Length == 0 ? StatusCodes.Status200OK : StatusCodes.Status404NotFound);
    }

    private static bool WantsPage(HttpRequest request, string path) =>
        path.Length == 0
        || (!path.StartsWith(Built, StringComparison.Ordinal) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase));
}
