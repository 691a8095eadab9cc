using Plimsoll.Plumbing.Http;

namespace Plimsoll.Apps.Api;

/// <summary>Says in the API's description what an endpoint answers; the handlers themselves only know a result.</summary>
internal static class EndpointDescriptions
{
    public static RouteHandlerBuilder Returns<T>(this RouteHandlerBuilder endpoint, int status = StatusCodes.Status200OK) =>
        endpoint.Produces<Answer<T>>(status);

    public static RouteHandlerBuilder RefusesWith(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            endpoint.Produces<Answer<AnswerErrors>>(status);
        }

        return endpoint;
    }
}
