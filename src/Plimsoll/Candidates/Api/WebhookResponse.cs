namespace Plimsoll.Candidates.Api;

/// <summary>What became of a message.</summary>
/// <param name="DeliveryId">Of the image that matters most; of a message that names none it is the message's own.</param>
/// <param name="Image">Null when the message names none.</param>
/// <param name="Decision"><c>deploy</c>, <c>wait</c>, <c>ask</c> or <c>skip</c>; <c>wait</c> with the code <c>still-asking</c> while the registry has not answered.</param>
/// <param name="State">The deployment's state, when the sender asked to wait for it.</param>
/// <param name="Outcome">The sentence with which the deployment ended.</param>
/// <param name="MessageId">The message as it is kept with the webhook.</param>
/// <param name="Sender">Whose message it was taken for.</param>
/// <param name="Images">Every image that the message names.</param>
public sealed record WebhookResponse(
    string DeliveryId,
    string? Image,
    string Decision,
    string ReasonCode,
    string Reason,
    string? DeployId,
    string? State,
    string? Outcome,
    string MessageId,
    string Sender,
    IReadOnlyList<WebhookImageResponse> Images);

/// <summary>What became of one image of a message.</summary>
/// <param name="DeliveryId">Null when none was made of it.</param>
public sealed record WebhookImageResponse(
    string Image, string? DeliveryId, string Decision, string ReasonCode, string Reason, string? DeployId, string? State = null, string? Outcome = null);
