using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Template;

namespace Plimsoll.Plumbing.Http;

/// <summary>
/// For requests that no endpoint takes. Says whether it is the address, the method or the kind of body that is wrong:
/// <c>curl -d</c> sends JSON as a form, and "there is nothing here" would send its user looking in the wrong place.
/// </summary>
internal static class NothingHere
{
    public static IResult Answer(HttpContext context, EndpointDataSource endpoints)
    {
        var here = endpoints.Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint != context.GetEndpoint() && IsAt(endpoint, context.Request.Path)).ToList();
        var methods = here.SelectMany(Methods).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (methods.Count > 0 && !methods.Contains(context.Request.Method, StringComparer.OrdinalIgnoreCase))
        {
            var allowed = string.Join(", ", methods);
            context.Response.Headers.Allow = allowed;
            return Answers.Refused(new Refusal(AnswerCode.WrongMethod, $"This address takes {allowed}, not {context.Request.Method}."));
        }

        return here.Exists(endpoint => endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not null) && context.Request.ContentType is not null && !context.Request.HasJsonContentType()
            ? Answers.Refused(new Refusal(AnswerCode.WrongMediaType, "Send the body as application/json."))
            : Answers.Refused(Refusal.NotFound($"There is nothing at {context.Request.Path}."));
    }

    private static bool IsAt(RouteEndpoint endpoint, PathString path) =>
        new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []);

    private static IEnumerable<string> Methods(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
}
