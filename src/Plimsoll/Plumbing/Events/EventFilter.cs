namespace Plimsoll.Plumbing.Events;

/// <summary>Which events; null: whichever.</summary>
/// <param name="Text">Some of the sentence, in any case.</param>
/// <param name="Projects">Only events of these, for somebody who may see no other; null: all.</param>
internal sealed record EventFilter(string? Project = null, string? Stage = null, string? Kind = null, string? Text = null, IReadOnlyCollection<string>? Projects = null);
