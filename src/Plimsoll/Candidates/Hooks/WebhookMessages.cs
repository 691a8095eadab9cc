using Dapper;
using Microsoft.Data.Sqlite;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Candidates.Hooks;

/// <summary>
/// What came in at the webhooks: of each the newest 200 messages that named images and the newest 100 of the rest, so that noise does
/// not push out what matters; in all at most 4,000 messages with 64 MiB of payload.
/// </summary>
internal sealed class WebhookMessages(Store store)
{
    public const int KeptWithImages = 200;
    public const int KeptWithout = 100;
    private const int KeptInAll = 4_000;
    private const long MostPayload = 64L * 1024 * 1024;
    private const int TrimEvery = 16;
    private const string Head = "m.sequence, m.id, m.webhook_id, m.at, m.sender, m.address, m.method, m.status, m.named, m.reason_code, m.reason, m.event_id, m.replay_of, m.payload_bytes, m.payload_kept";

    public static void Add(WriteScope scope, WebhookMessage message)
    {
        var sequence = scope.QuerySingle<long>(
            """
            INSERT INTO webhook_messages (id, webhook_id, at, sender, address, method, status, named, reason_code, reason, event_id, replay_of, payload_bytes, payload_kept, headers, payload)
            VALUES (@Id, @WebhookId, @At, @Sender, @Address, @Method, @Status, @Named, @ReasonCode, @Reason, @EventId, @ReplayOf, @PayloadBytes, @PayloadKept, @Headers, @Payload)
            RETURNING sequence
            """,
            message);
        foreach (var sighting in message.Sightings)
        {
            scope.Execute(
                """
                INSERT INTO webhook_sightings (message_id, webhook_id, image, repository, event_id, delivery_id, reason_code, reason)
                VALUES (@Id, @WebhookId, @Image, @Repository, @EventId, @DeliveryId, @ReasonCode, @Reason)
                """,
                new { message.Id, message.WebhookId, sighting.Image, sighting.Repository, sighting.EventId, sighting.DeliveryId, sighting.ReasonCode, sighting.Reason });
        }

        Trim(scope, message.WebhookId, message.Named, sequence);
    }

    /// <summary>The delivery that the same event made when it was told first; null when it was not, or when that is not kept any more.</summary>
    public static string? FirstDelivery(WriteScope scope, long webhookId, string eventId, string image) => scope.QueryFirstOrDefault<string>(
        """
        SELECT d.id FROM webhook_sightings s JOIN deliveries d ON d.id = s.delivery_id
        WHERE s.webhook_id = @webhookId AND s.event_id = @eventId AND s.image = @image
        ORDER BY s.id LIMIT 1
        """,
        new { webhookId, eventId, image });

    /// <summary>Newest first, without headers and payload.</summary>
    /// <param name="before">Only those before the message of this sequence.</param>
    /// <param name="repositories">Only messages that name images, all of them of these; null: all.</param>
    public IReadOnlyList<WebhookMessage> List(long webhookId, int limit, long? before, IReadOnlyCollection<string>? repositories) => store.Read(connection =>
    {
        var messages = connection.Query<WebhookMessage>(
            $"""
            SELECT {Head} FROM webhook_messages m
            WHERE m.webhook_id = @webhookId AND (@before IS NULL OR m.sequence < @before) AND (@all OR {OnlyOf})
            ORDER BY m.sequence DESC LIMIT @limit
            """,
            new { webhookId, before, limit = Math.Clamp(limit, 1, KeptWithImages), all = repositories is null, repositories = repositories ?? [] }).AsList();
        return WithSightings(connection, messages);
    });

    /// <summary>One message with all that is kept of it.</summary>
    public WebhookMessage? Find(long webhookId, string id, IReadOnlyCollection<string>? repositories) => store.Read(connection =>
        WithSightings(connection, connection.Query<WebhookMessage>(
            $"SELECT {Head}, m.headers, m.payload FROM webhook_messages m WHERE m.webhook_id = @webhookId AND m.id = @id AND (@all OR {OnlyOf})",
            new { webhookId, id, all = repositories is null, repositories = repositories ?? [] }).AsList()).FirstOrDefault());

    /// <summary>When the newest message of each webhook came in.</summary>
    public IReadOnlyDictionary<long, DateTimeOffset> LastAt() => store.Read(connection =>
        connection.Query<(long Id, long At)>("SELECT webhook_id, max(at) FROM webhook_messages GROUP BY webhook_id")
            .ToDictionary(row => row.Id, row => DateTimeOffset.FromUnixTimeMilliseconds(row.At)));

    private const string OnlyOf =
        """
        (m.named = 1 AND EXISTS (SELECT 1 FROM webhook_sightings s WHERE s.message_id = m.id)
            AND NOT EXISTS (SELECT 1 FROM webhook_sightings s WHERE s.message_id = m.id AND s.repository NOT IN @repositories))
        """;

    private static IReadOnlyList<WebhookMessage> WithSightings(SqliteConnection connection, IReadOnlyList<WebhookMessage> messages)
    {
        var sightings = connection.Query<WebhookSighting>(
            """
            SELECT s.message_id, s.image, s.repository, s.event_id, s.delivery_id, s.reason_code, s.reason,
                d.decision, d.reason_code AS decision_code, d.reason AS decision_reason, d.deployment_id
            FROM webhook_sightings s LEFT JOIN deliveries d ON d.id = s.delivery_id
            WHERE s.message_id IN @ids ORDER BY s.id
            """,
            new { ids = messages.Select(message => message.Id) }).ToLookup(sighting => sighting.MessageId, StringComparer.Ordinal);
        return [.. messages.Select(message => message with { Sightings = [.. sightings[message.Id]] })];
    }

    private static void Trim(WriteScope scope, long webhookId, bool named, long sequence)
    {
        scope.Execute(
            """
            DELETE FROM webhook_messages WHERE webhook_id = @webhookId AND named = @named
                AND sequence <= (SELECT sequence FROM webhook_messages WHERE webhook_id = @webhookId AND named = @named ORDER BY sequence DESC LIMIT 1 OFFSET @kept)
            """,
            new { webhookId, named, kept = named ? KeptWithImages : KeptWithout });
        if (sequence % TrimEvery != 0)
        {
            return;
        }

        scope.Execute(
            "DELETE FROM webhook_messages WHERE sequence <= (SELECT sequence FROM webhook_messages ORDER BY sequence DESC LIMIT 1 OFFSET @KeptInAll)", new { KeptInAll });
        while (scope.QuerySingle<long>("SELECT coalesce(sum(payload_kept), 0) FROM webhook_messages") > MostPayload)
        {
            scope.Execute("DELETE FROM webhook_messages WHERE sequence IN (SELECT sequence FROM webhook_messages ORDER BY sequence LIMIT 50)");
        }
    }
}
