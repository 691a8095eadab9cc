namespace Plimsoll.Access.Projects;

/// <summary>What an endpoint says about itself: those who are restricted to projects may ask it, because it shows them theirs, or what is the same for all.</summary>
internal sealed class OpenToRestricted;

internal static class OpenToRestrictedExtensions
{
    /// <summary>The endpoint itself leaves out what belongs to projects that the caller may not see (<see cref="Caller.MaySee(long)"/>).</summary>
    public static TBuilder FiltersByProject<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OpenToRestricted());

    /// <summary>The endpoint's answer has nothing to do with any one project.</summary>
    public static TBuilder ConcernsNoProject<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OpenToRestricted());
}
