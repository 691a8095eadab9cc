using Plimsoll.Decisions.Explaining;

namespace Plimsoll.Decisions.Api;

/// <summary>Why something was or was not deployed.</summary>
/// <param name="Message">What there is to say beside the sightings, above all when there are none; null: nothing.</param>
/// <param name="Sightings">Of each stage and tag the newest, newest first.</param>
public sealed record ExplanationResponse(string? Message, IReadOnlyList<SightingResponse> Sightings);

/// <summary>A decision with all that explains it.</summary>
/// <param name="DecidedBy">The name of the rule that decided; null: no rule objected.</param>
/// <param name="Pending">The question to a person that came of it; null: nobody was asked.</param>
/// <param name="Delivery">The message that brought it; null: none did.</param>
public sealed record SightingResponse(DecisionResponse Decision, string? DecidedBy, PendingResponse? Pending, BroughtBy? Delivery)
{
    internal static SightingResponse From(Sighting sighting, Func<long?, bool> confirms) => new(
        DecisionResponse.From(sighting.Decision),
        sighting.DecidedBy,
        sighting.Pending is { } question ? PendingResponse.From(question, confirms(question.StageId)) : null,
        sighting.Delivery is { } delivery ? new BroughtBy(delivery.Id, delivery.ReceivedAt, delivery.Sender, delivery.Image) : null);
}

/// <summary>A message from outside.</summary>
public sealed record BroughtBy(string Id, DateTimeOffset ReceivedAt, string Sender, string Image);
