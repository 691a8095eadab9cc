using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access;

internal static class RequireRoleExtensions
{
    private static readonly ProducesResponseTypeMetadata NotSignedIn = Refuses(StatusCodes.Status401Unauthorized);
    private static readonly ProducesResponseTypeMetadata NotAllowed = Refuses(StatusCodes.Status403Forbidden);

    /// <summary>Lets <paramref name="role"/> and higher roles in. A group's role and an endpoint's own are both needed, so the higher one counts.</summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder builder, Role role)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(Roles.Policy(role)).WithMetadata(new RequiredRole(role), NotSignedIn, NotAllowed);

    private static ProducesResponseTypeMetadata Refuses(int status) => new(status, typeof(Answer<AnswerErrors>), ["application/json"]);
}
