namespace Plimsoll.Registry.Tags;

/// <summary>One page of tags and the path of the next one; null when this was the last.</summary>
internal sealed record TagPage(IReadOnlyList<string> Tags, string? NextPathAndQuery);
