using System.Text.Json;

namespace Plimsoll.Decisions.Api;

/// <summary>A decision as clients see it.</summary>
/// <param name="Container">The container it was about; null: it was about a stage.</param>
/// <param name="Verdict"><c>deploy</c>, <c>wait</c>, <c>ask</c> or <c>skip</c>.</param>
/// <param name="Rules">Every rule that was looked at, with its own verdict, and in <c>wouldChange</c> what would have to change for another one.</param>
/// <param name="LookAgainAt">When it is judged anew by itself; null: it is not.</param>
/// <param name="Changes">What the image changes against the one that was live: version, revision, source, compareLink, created, sizeDifference, environment, entrypoint, command, ports; null: not known.</param>
public sealed record DecisionResponse(
    long Id,
    DateTimeOffset At,
    string Trigger,
    string Image,
    string? Digest,
    string? Project,
    string? Stage,
    string? Container,
    string Verdict,
    string ReasonCode,
    string Reason,
    JsonElement Rules,
    DateTimeOffset? LookAgainAt,
    JsonElement? Changes,
    string? DeliveryId,
    string? DeployId)
{
    internal static DecisionResponse From(RecordedDecision decision) => new(
        decision.Id,
        decision.At,
        decision.Trigger,
        decision.Tag.Length == 0 ? decision.Repository : $"{decision.Repository}:{decision.Tag}",
        decision.Digest?.ToString(),
        decision.Project,
        decision.Stage,
        decision.Container,
        decision.Verdict,
        decision.ReasonCode,
        decision.Reason,
        JsonElement.Parse(decision.Rules),
        decision.LookAgainAt,
        decision.Changes is null ? null : JsonElement.Parse(decision.Changes),
        decision.DeliveryId,
        decision.DeploymentId);
}
