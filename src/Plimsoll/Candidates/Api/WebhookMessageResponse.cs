using System.Text.Json;
using Plimsoll.Candidates.Hooks;
using Plimsoll.Candidates.Senders;

namespace Plimsoll.Candidates.Api;

/// <summary>A message that came in at a webhook.</summary>
/// <param name="Sequence">Greater for later ones; for <c>before=</c>.</param>
/// <param name="Sender"><c>github</c>, <c>gitea</c>, <c>forgejo</c>, <c>gogs</c>, <c>distribution</c>, <c>gitlab</c>, <c>acr</c>, <c>docker-hub</c>, <c>harbor</c>, <c>quay</c> or <c>simple</c>.</param>
/// <param name="Address">Where it came from, or who replayed it.</param>
/// <param name="Status">Of the answer.</param>
/// <param name="Decision">Of the image that matters most; <c>skip</c> when there is none.</param>
/// <param name="EventId">The sender's own number.</param>
/// <param name="ReplayOf">The message that was read once more.</param>
/// <param name="PayloadBytes">Of the message as it came.</param>
/// <param name="MayReplay">Whether it was let in, and is kept whole.</param>
/// <param name="Headers">Those that matter, secrets hidden. Only of a single message.</param>
/// <param name="Payload">The first 64 KiB, secrets hidden. Only of a single message.</param>
public sealed record WebhookMessageResponse(
    string Id,
    long Sequence,
    DateTimeOffset At,
    string Sender,
    string SenderName,
    string Address,
    string Method,
    int Status,
    string Decision,
    string ReasonCode,
    string Reason,
    string? DeployId,
    IReadOnlyList<WebhookImageResponse> Images,
    string? EventId,
    string? ReplayOf,
    int PayloadBytes,
    bool MayReplay,
    IReadOnlyDictionary<string, string>? Headers,
    string? Payload)
{
    internal static WebhookMessageResponse From(WebhookMessage message)
    {
        var answer = MessageOutcome.Of(message);
        return new WebhookMessageResponse(
            message.Id, message.Sequence, message.At, message.Sender, SenderKind.Name(message.Sender), message.Address, message.Method, message.Status,
            answer.Decision, answer.ReasonCode, answer.Reason, answer.DeployId, answer.Images, message.EventId, message.ReplayOf, message.PayloadBytes,
            MessageOutcome.MayReplay(message),
            message.Payload is null ? null : JsonSerializer.Deserialize(message.Headers, CandidatesJson.Default.DictionaryStringString),
            message.Payload);
    }
}
