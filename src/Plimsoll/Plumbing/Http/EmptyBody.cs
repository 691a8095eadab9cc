using Microsoft.AspNetCore.Http.Features;

namespace Plimsoll.Plumbing.Http;

/// <summary>
/// No body at all is JSON that says nothing: <c>curl -X POST …/pause</c> names no kind of body, and routing would then choose the answer for
/// addresses where there is nothing. A filter, because it has to come before routing.
/// </summary>
internal sealed class EmptyBody : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            var request = context.Request;
            if (request.ContentType is null && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
                && context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            {
                request.ContentType = "application/json";
            }

            return following(context);
        });
        next(app);
    };
}
