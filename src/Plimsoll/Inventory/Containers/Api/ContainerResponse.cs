using System.Text.Json;

namespace Plimsoll.Inventory.Containers.Api;

/// <summary>A container of the engine as clients see it (seed 003 §4).</summary>
/// <param name="Id">The engine's, of 64 digits.</param>
/// <param name="Image">As it was written when the container was made.</param>
/// <param name="State">A word: <c>running</c>, <c>exited</c>.</param>
/// <param name="StateText">A phrase for people: <c>Up 3 hours (healthy)</c>.</param>
/// <param name="Platform">Such as <c>linux/amd64</c>; null: the engine no longer has the image.</param>
/// <param name="CurrentDigest">Null: the image has none in its registry.</param>
/// <param name="RemoteDigest">What the offered tag stands for in the registry; null: not known, or not asked for.</param>
/// <param name="OfferedTag">The container's own, or a newer version where versions are followed; null: none was looked for.</param>
/// <param name="Status"><c>UpToDate</c>, <c>UpdateAvailable</c>, <c>Skipped</c> or <c>Error</c>; null: it was not looked at yet.</param>
/// <param name="SkipReason">The sentence that says why it is skipped; null: it is not.</param>
/// <param name="ReasonCode">Of docs/reasons.md; null: it was not looked at yet.</param>
/// <param name="Labels">Values whose names look like secrets are hidden.</param>
/// <param name="LookAgainAt">When it is judged anew by itself, between two scans; null: it is not.</param>
/// <param name="Project">Of an instance of a stage.</param>
/// <param name="Rules">Every rule that was looked at, with its own verdict; only where one container is asked for.</param>
/// <param name="Actions">What the caller may do with it: <c>check</c>.</param>
public sealed record ContainerResponse(
    string Id,
    string Name,
    string Image,
    bool Running,
    string State,
    string StateText,
    DateTimeOffset Created,
    string? Platform,
    string? CurrentDigest,
    string? RemoteDigest,
    string? OfferedTag,
    string? Status,
    bool Skipped,
    string? SkipReason,
    string? ReasonCode,
    string? Reason,
    IReadOnlyDictionary<string, string> Labels,
    DateTimeOffset? LastCheckedAt,
    DateTimeOffset? LookAgainAt,
    string? Project,
    string? Stage,
    string? ComposeProject,
    string? ComposeService,
    JsonElement? Rules,
    IReadOnlyList<string> Actions);
