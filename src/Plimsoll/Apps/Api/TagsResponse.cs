namespace Plimsoll.Apps.Api;

/// <summary>Tags of a repository, in the registry's order, which is not the order of time.</summary>
/// <param name="Complete">False when there are more than were read.</param>
public sealed record TagsResponse(string Image, IReadOnlyList<string> Tags, bool Complete);
