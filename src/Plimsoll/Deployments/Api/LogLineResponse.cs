namespace Plimsoll.Deployments.Api;

/// <summary>One line that a container wrote.</summary>
/// <param name="Stream"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Cut">The line was too long; this is its beginning.</param>
public sealed record LogLineResponse(DateTimeOffset? At, string Stream, string Text, bool Cut);

/// <summary>The end of a container's log.</summary>
/// <param name="Problem">Why it could not be read on; null: the container ended.</param>
public sealed record LogEndResponse(string? Problem);
