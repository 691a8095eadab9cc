using System.Text;
using System.Text.Json;
using Plimsoll.Access;
using Plimsoll.Candidates.Hooks;
using Plimsoll.Candidates.Senders;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Candidates.Api;

/// <summary>Reads a kept message once more, for a person: the same reading, without the signature, which is not kept.</summary>
internal sealed class WebhookReplay(Store store, WebhookIntake intake, WebhookAnswers answers)
{
    public async Task<IResult> RunAsync(Webhook webhook, WebhookMessage message, Caller caller, HttpContext context)
    {
        if (!MessageOutcome.MayReplay(message) || message.Payload is not { } payload)
        {
            return Answers.Refused(Refusal.Conflict(message.Status != StatusCodes.Status202Accepted
                ? "This message was refused. Have its sender send it again, the right way."
                : $"Only the first {KeptPayload.MostBytes / 1024} KiB of this message were kept, which is too little to read it again."));
        }

        var headers = JsonSerializer.Deserialize(message.Headers, CandidatesJson.Default.DictionaryStringString)!;
        // What is kept is what was in the wrapping.
        headers.Remove("Content-Type", out var type);
        var received = new ReceivedMessage(
            "REPLAY",
            new Dictionary<string, string>(headers, StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = type?.StartsWith("application/vnd.", StringComparison.Ordinal) == true || type?.StartsWith("application/cloudevents", StringComparison.Ordinal) == true ? type : "application/json" },
            Encoding.UTF8.GetBytes(payload));
        var reading = PushReader.Read(received.ToPushMessage(), webhook.Registry);
        if (reading.Refusal is { } refusal)
        {
            return Answers.Refused(Refusal.Conflict(refusal.Message));
        }

        var origin = new MessageOrigin(caller.ToString()) { ReplayOf = message.Id, OnlyProjects = caller.Projects?.Ids };
        await store.WriteAsync(
            scope => scope.Record(new Change("webhook-message-replayed", $"message {message.Id} of webhook {webhook.Name}")), context.RequestAborted);
        if (await intake.TakeAsync(webhook, received, reading, origin, context.RequestAborted) is not { } replayed)
        {
            context.Response.Headers.RetryAfter = "30";
            return Answers.Refused(WebhookEndpoint.InboxIsFull);
        }

        return Answers.Ok(await answers.WaitAsync(replayed, null, LongAnswer.End(context), context.RequestAborted), StatusCodes.Status202Accepted);
    }
}
