using Plimsoll.Plumbing.Http;

namespace Plimsoll.Candidates.Senders;

/// <summary>What a message says: the images it points at, and why the rest of it was left alone.</summary>
internal sealed record PushReading
{
    /// <summary>One of <see cref="SenderKind"/>.</summary>
    public required string Sender { get; init; }

    /// <summary>No two of the same name and tag.</summary>
    public IReadOnlyList<Sighting> Sightings { get; init; } = [];

    /// <summary>One for each event that points at no image; there is at least one when there are no sightings.</summary>
    public IReadOnlyList<Ignored> Ignored { get; init; } = [];

    /// <summary>The sender's number of the message as a whole.</summary>
    public string? DeliveryId { get; init; }

    /// <summary>The simple body with a mistake in it, which its writer must hear of; nothing else is ever set then.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>The most telling of what was ignored: what could not be used before what never was meant.</summary>
    public Ignored? Foremost => Ignored.MinBy(one => one.Code switch
    {
        MessageReason.MessageUnusable => 0,
        MessageReason.NoTag => 1,
        MessageReason.NotAnImage => 2,
        _ => 3,
    });

    public static PushReading Of(string sender, Ignored ignored) => new() { Sender = sender, Ignored = [ignored] };

    /// <summary>Sorts what was read of each event into what points at an image and what does not.</summary>
    public static PushReading Of(string sender, IEnumerable<Outcome> events, string? deliveryId = null)
    {
        var sightings = new Dictionary<string, Sighting>(StringComparer.Ordinal);
        var ignored = new List<Ignored>();
        foreach (var one in events)
        {
            if (one.Sighting is { } sighting)
            {
                // The same tag twice in one message: what was told last is what it points at now.
                sightings[sighting.Image.ToString()] = sighting;
            }
            else
            {
                ignored.Add(one.Ignored!);
            }
        }

        return new PushReading { Sender = sender, Sightings = [.. sightings.Values], Ignored = ignored, DeliveryId = deliveryId };
    }

    /// <summary>What was read of one event: one of the two.</summary>
    internal readonly record struct Outcome(Sighting? Sighting, Ignored? Ignored)
    {
        public static implicit operator Outcome(Sighting sighting) => new(sighting, null);

        public static implicit operator Outcome(Ignored ignored) => new(null, ignored);
    }
}
