namespace Plimsoll.Candidates.Api;

/// <summary>What became of a delivery.</summary>
/// <param name="Decision"><c>deploy</c>, <c>wait</c>, <c>ask</c> or <c>skip</c>; <c>wait</c> with the code <c>still-asking</c> while the registry has not answered.</param>
/// <param name="State">The deployment's state, when the sender asked to wait for it.</param>
/// <param name="Outcome">The sentence with which the deployment ended.</param>
public sealed record WebhookResponse(string DeliveryId, string Image, string Decision, string ReasonCode, string Reason, string? DeployId, string? State, string? Outcome);
