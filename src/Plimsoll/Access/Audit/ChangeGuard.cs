using Plimsoll.Plumbing.Database;

namespace Plimsoll.Access.Audit;

/// <summary>
/// Sees to it that no change goes unrecorded. Changes record themselves, with what was before and after; a request that
/// changed something without doing so is recorded here, before its sender hears that it went well.
/// </summary>
internal sealed class ChangeGuard(RequestDelegate next, Store store)
{
    private static readonly object Recorded = new();

    public static void MarkRecorded(HttpContext context) => context.Items[Recorded] = true;

    public Task InvokeAsync(HttpContext context)
    {
        if (context.User.FindCaller() is not null && !IsSafe(context.Request.Method) && context.GetEndpoint() is RouteEndpoint endpoint
            && endpoint.Metadata.GetMetadata<RequiredRole>() is not null && endpoint.Metadata.GetMetadata<ChangesNothing>() is null)
        {
            context.Response.OnStarting(() => RecordAsync(context, endpoint));
        }

        return next(context);
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private async Task RecordAsync(HttpContext context, RouteEndpoint endpoint)
    {
        if (context.Response.StatusCode is < 200 or > 299 || context.Items.ContainsKey(Recorded))
        {
            return;
        }

        var action = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? endpoint.RoutePattern.RawText ?? "change";
        // The path as it was sent: endpoints that need a role hold no secret in it.
        await store.WriteAsync(scope => scope.Record(new Change(action, $"{context.Request.Method} {context.Request.Path}")), CancellationToken.None);
    }
}
