using System.Text.Json;

namespace Plimsoll.Deployments.Api;

/// <summary>A person's wish to move what is live in the stage before on to this one.</summary>
public sealed record PromoteRequest
{
    /// <summary>Needed on stages that want each deployment confirmed.</summary>
    public bool? Confirm { get; init; }

    /// <summary>The tag that the person saw; refused if another one is live by now.</summary>
    public string? Tag { get; init; }
}

/// <summary>What a promotion would move.</summary>
/// <param name="From">The stage before; null: the stage takes images from the registry.</param>
/// <param name="Tag">What is live there; null: nothing.</param>
/// <param name="LiveTag">What is live here; null: nothing.</param>
/// <param name="Confirm">Whether it needs <c>confirm: true</c>.</param>
/// <param name="IsPossible">Whether a promotion would be begun as things stand.</param>
/// <param name="Reason">Why not; null: it is possible.</param>
/// <param name="Changes">What it changes, as in decisions; null: not known.</param>
public sealed record PromotionResponse(
    string Project,
    string Stage,
    string? From,
    string Image,
    string? Tag,
    string? Digest,
    string? LiveTag,
    string? LiveDigest,
    bool Confirm,
    bool IsPossible,
    string? Reason,
    JsonElement? Changes);
