using Microsoft.AspNetCore.Http.HttpResults;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access.Projects;

/// <summary>
/// The one place where a restriction to projects is held. An address of another project is not there; what concerns all
/// projects is refused; an endpoint that says nothing about itself is refused too, so that a new one cannot be forgotten.
/// </summary>
internal sealed class ProjectGuard(RequestDelegate next, IEnumerable<IProjectPlace> places)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.User.FindCaller() is not { Projects: { } scope } caller || context.GetEndpoint() is not RouteEndpoint endpoint || !NeedsRole(endpoint))
        {
            return next(context);
        }

        if (PlaceOf(endpoint, places) is { } place)
        {
            var values = context.Request.RouteValues;
            return place.Find(values) is { } project && scope.Allows(project)
                ? next(context)
                : Refuse(Refusal.NotFound($"There is no {place.Missing(values)}.")).ExecuteAsync(context);
        }

        return endpoint.Metadata.GetMetadata<OpenToRestricted>() is not null
            ? next(context)
            : Refuse(Refusal.NotAllowed($"This concerns all projects; {caller} may see only some.")).ExecuteAsync(context);
    }

    /// <summary>The part of the address by which its project is found, if its form has one.</summary>
    public static IProjectPlace? PlaceOf(RouteEndpoint endpoint, IEnumerable<IProjectPlace> places)
    {
        var pattern = "/" + endpoint.RoutePattern.RawText?.Trim('/');
        return places.FirstOrDefault(place => place.Knows(pattern));
    }

    private static bool NeedsRole(Endpoint endpoint) => endpoint.Metadata.GetMetadata<RequiredRole>() is not null;

    private static JsonHttpResult<Answer<AnswerErrors>> Refuse(Refusal refusal) => Answers.Refused(refusal);
}
