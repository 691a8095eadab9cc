namespace Plimsoll.Access;

/// <summary>Marks an endpoint whose Authorization header is meant for itself, as that of a registry's message is: nobody is signed in by it, and nobody is suspected of guessing.</summary>
internal sealed class OwnAuthorization;

internal static class OwnAuthorizationExtensions
{
    public static TBuilder ReadsItsOwnAuthorization<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OwnAuthorization());
}
