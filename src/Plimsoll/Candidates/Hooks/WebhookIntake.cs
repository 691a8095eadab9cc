using System.Collections.Concurrent;
using System.Text.Json;
using Plimsoll.Apps;
using Plimsoll.Candidates.Senders;
using Plimsoll.Plumbing;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;

namespace Plimsoll.Candidates.Hooks;

/// <summary>
/// Puts a message on record and its images into the inbox, in one transaction. What was told before joins the delivery that it made
/// then; what the webhook is not for goes no further.
/// </summary>
internal sealed class WebhookIntake(Store store, DeliveryStore deliveries, ProjectStore projects, EventLog events, TimeProvider time)
{
    private const string Kind = "webhook-message";
    private const int Accepted = StatusCodes.Status202Accepted;

    /// <summary>A registry tells of each layer and each pull: one line in so much time says enough of what leads to nothing.</summary>
    private static readonly TimeSpan BetweenDullEvents = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<long, DateTimeOffset> _lastDull = new();

    /// <returns>The message as it was put on record; null when the inbox is full, and then nothing was.</returns>
    public Task<WebhookMessage?> TakeAsync(Webhook webhook, ReceivedMessage received, PushReading reading, MessageOrigin origin, CancellationToken cancellationToken)
    {
        var allowed = Narrowed(webhook.Projects?.Ids, origin.OnlyProjects);
        var owners = reading.Sightings.ToDictionary(sighting => sighting.Image.ToString(), sighting => projects.ByRepository(sighting.Image.Name));
        return store.WriteAsync(
            scope =>
            {
                if (DeliveryStore.Room(scope) < reading.Sightings.Count)
                {
                    return null;
                }

                var message = NewMessage(webhook, received, reading.Sender, origin, Accepted) with
                {
                    EventId = reading.DeliveryId,
                    Named = reading.Sightings.Count > 0,
                    ReasonCode = reading.Sightings.Count > 0 ? null : reading.Foremost?.Code,
                    Reason = reading.Sightings.Count > 0 ? null : reading.Foremost?.Reason,
                    Sightings = [.. reading.Sightings.Select(sighting =>
                        Take(scope, webhook, reading, sighting, origin, allowed, owners[sighting.Image.ToString()]))],
                };
                WebhookMessages.Add(scope, message);
                Tell(scope, webhook, message, [.. owners.Values.SelectMany(found => found).DistinctBy(project => project.Id)]);
                return message;
            },
            cancellationToken);
    }

    /// <summary>Puts a message on record that goes no further: its signature is missing, or nobody can make sense of it.</summary>
    public Task<WebhookMessage> RefuseAsync(
        Webhook webhook, ReceivedMessage received, string sender, MessageOrigin origin, int status, Ignored why, CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            var message = NewMessage(webhook, received, sender, origin, status) with { ReasonCode = why.Code, Reason = why.Reason };
            WebhookMessages.Add(scope, message);
            Tell(scope, webhook, message, []);
            return message;
        },
        cancellationToken);

    private WebhookSighting Take(
        WriteScope scope, Webhook webhook, PushReading reading, Sighting sighting, MessageOrigin origin, IReadOnlyCollection<long>? allowed, IReadOnlyList<Project> owners)
    {
        var image = sighting.Image.ToString();
        var hint = sighting.Hint?.ToString();
        var seen = new WebhookSighting
        {
            Image = image,
            Repository = sighting.Image.Name,
            // A replay is asked for by a person: it is no event of the sender's.
            EventId = origin.ReplayOf is null ? sighting.EventId ?? reading.DeliveryId : null,
        };
        if (!webhook.Enabled)
        {
            return seen with { ReasonCode = MessageReason.WebhookOff, Reason = $"The webhook {webhook.Name} is switched off." };
        }

        if (allowed is not null && !owners.Any(project => allowed.Contains(project.Id)))
        {
            return seen with { ReasonCode = MessageReason.OutOfScope, Reason = $"The webhook {webhook.Name} is only for some projects, and none of them runs {sighting.Image.Name}." };
        }

        if (seen.EventId is { } eventId && WebhookMessages.FirstDelivery(scope, webhook.Id, eventId, image) is { } first)
        {
            return seen with { DeliveryId = first, ReasonCode = MessageReason.Repeated, Reason = $"This very event was told before: it is delivery {first}." };
        }

        if (hint is not null && DeliveryStore.FindUndecided(scope, image, hint, allowed) is { } undecided)
        {
            return seen with { DeliveryId = undecided, ReasonCode = MessageReason.Repeated, Reason = $"The same tag with the same digest waits for its decision already: it is delivery {undecided}." };
        }

        return seen with { DeliveryId = deliveries.Add(scope, image, origin.SenderFor(reading.Sender), hint, allowed).Id };
    }

    private WebhookMessage NewMessage(Webhook webhook, ReceivedMessage received, string sender, MessageOrigin origin, int status) => new()
    {
        Id = ShortId.New(),
        WebhookId = webhook.Id,
        At = time.GetUtcNow(),
        Sender = sender,
        Address = origin.Address,
        Method = received.Method,
        Status = status,
        ReplayOf = origin.ReplayOf,
        PayloadBytes = received.Json.Length,
        PayloadKept = Math.Min(received.Json.Length, KeptPayload.MostBytes),
        Headers = JsonSerializer.Serialize(KeptHeaders.Masked(received.Headers), CandidatesJson.Default.DictionaryStringString),
        Payload = KeptPayload.Of(received.Json.Span, webhook.Secret, webhook.SigningSecret),
    };

    private void Tell(WriteScope scope, Webhook webhook, WebhookMessage message, IReadOnlyList<Project> owners)
    {
        if (!message.Named && _lastDull.TryGetValue(webhook.Id, out var last) && message.At - last < BetweenDullEvents && message.At >= last)
        {
            return;
        }

        var who = message.ReplayOf is null ? SenderKind.Name(message.Sender) : "a replay";
        var project = owners.Count == 1 ? owners[0].Name : null;
        if (message.Named)
        {
            var more = message.Sightings.Count > 1 ? $" and {message.Sightings.Count - 1} more" : "";
            events.Append(scope, Kind, $"Webhook {webhook.Name}: {who} told of {message.Sightings[0].Image}{more}.", project);
            return;
        }

        _lastDull[webhook.Id] = message.At;
        events.Append(scope, Kind, $"Webhook {webhook.Name}: a message of {who} was {(message.Status == Accepted ? "ignored" : "refused")}. {message.Reason}");
    }

    /// <summary>What both allow; null: all.</summary>
    private static IReadOnlyCollection<long>? Narrowed(IReadOnlyCollection<long>? one, IReadOnlyCollection<long>? other) =>
        one is null ? other : other is null ? one : [.. one.Intersect(other)];
}
