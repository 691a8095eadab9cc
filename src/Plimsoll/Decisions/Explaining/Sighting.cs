using Plimsoll.Candidates;
using Plimsoll.Decisions.Pending;

namespace Plimsoll.Decisions.Explaining;

/// <summary>One decision with all that explains it.</summary>
/// <param name="DecidedBy">The rule that decided; null: no rule objected, or none was looked at.</param>
/// <param name="Pending">The question to a person that came of it; null: nobody was asked.</param>
/// <param name="Delivery">The message that brought the image; null: none did, or it is forgotten.</param>
internal sealed record Sighting(RecordedDecision Decision, string? DecidedBy, PendingDecision? Pending, Delivery? Delivery);

/// <summary>All that can be said about why something was or was not deployed.</summary>
/// <param name="Message">What there is to say beside the sightings, above all when there are none.</param>
internal sealed record Explanation(string? Message, IReadOnlyList<Sighting> Sightings);
