using Plimsoll.Candidates.Hooks;
using Plimsoll.Candidates.Senders;

namespace Plimsoll.Candidates.Api;

/// <summary>Puts together what became of a message from what became of its images. Pure.</summary>
internal static class MessageOutcome
{
    private const string StillAsking = "still-asking";

    public static WebhookResponse Of(WebhookMessage message)
    {
        var images = message.Sightings.Select(Of).ToList();
        return images.MinBy(Rank) is { } foremost
            ? new WebhookResponse(
                foremost.DeliveryId ?? message.Id, foremost.Image, foremost.Decision, foremost.ReasonCode, foremost.Reason, foremost.DeployId, foremost.State, foremost.Outcome,
                message.Id, message.Sender, images)
            : new WebhookResponse(
                message.Id, null, Skip, message.ReasonCode ?? MessageReason.NotAPush, message.Reason ?? "The message names no image.", null, null, null, message.Id, message.Sender, []);
    }

    /// <summary>Of several the one to answer with: a deployment before a question, a question before a no.</summary>
    public static int Rank(WebhookImageResponse image) => image switch
    {
        { Decision: "deploy", ReasonCode: not MessageReason.Repeated } => 0,
        { DeployId: not null } => 1,
        { Decision: "ask" } => 2,
        { Decision: "wait" } => 3,
        { ReasonCode: not (MessageReason.OutOfScope or MessageReason.WebhookOff) } => 4,
        _ => 5,
    };

    /// <summary>What was refused for its signature must not come in by the back door; half a message says nothing.</summary>
    public static bool MayReplay(WebhookMessage message) =>
        message.Status == StatusCodes.Status202Accepted && message.PayloadKept >= message.PayloadBytes && message.PayloadBytes > 0;

    private const string Skip = "skip";

    private static WebhookImageResponse Of(WebhookSighting seen) => seen.DeliveryId is { } delivery
        ? new WebhookImageResponse(
            seen.Image,
            delivery,
            seen.Decision ?? "wait",
            seen.ReasonCode ?? seen.DecisionCode ?? StillAsking,
            (seen.Reason, seen.DecisionReason) switch
            {
                ({ } own, { } decided) => $"{own} {decided}",
                (var own, var decided) => own ?? decided ?? "The registry has not answered yet; the decision is made as soon as it does.",
            },
            seen.DeploymentId)
        : new WebhookImageResponse(seen.Image, null, Skip, seen.ReasonCode ?? MessageReason.NotAPush, seen.Reason ?? "", null);
}
