namespace Plimsoll.Access;

internal static class RequireRoleExtensions
{
    /// <summary>Lets <paramref name="role"/> and higher roles in. A group's role and an endpoint's own are both needed, so the higher one counts.</summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder builder, Role role)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(Roles.Policy(role)).WithMetadata(new RequiredRole(role));
}
