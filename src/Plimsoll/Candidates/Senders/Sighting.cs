using Plimsoll.Registry;

namespace Plimsoll.Candidates.Senders;

/// <summary>One image that a message says was pushed.</summary>
/// <param name="Image">With host and tag. Only the simple body may name a digest in it.</param>
/// <param name="Hint">The digest that the sender named. Never deployed: it tells whether two messages are about the same push.</param>
/// <param name="EventId">The sender's own number of the event, which is the same when the event is told again.</param>
internal sealed record Sighting(ImageReference Image, Digest? Hint, string? EventId);
