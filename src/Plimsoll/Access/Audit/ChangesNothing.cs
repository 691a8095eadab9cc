namespace Plimsoll.Access.Audit;

/// <summary>Marks an endpoint that is sent with POST and yet changes nothing, as a test of a connection is.</summary>
internal sealed class ChangesNothing;

internal static class ChangesNothingExtensions
{
    /// <summary>The audit trail has nothing to say about it.</summary>
    public static TBuilder ChangesNothing<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ChangesNothing());
}
