using Plimsoll.Registry;

namespace Plimsoll.Decisions.Pending;

/// <summary>What a person does not want to hear of, as it is stored: for a while (a snooze) or at all (a skipped version).</summary>
internal sealed record Quiet
{
    public long Id { get; init; }
    public long DecisionId { get; init; }
    public long? StageId { get; init; }
    public long? ProjectId { get; init; }
    public string? Project { get; init; }
    public string? Stage { get; init; }
    public string? Container { get; init; }
    public string Repository { get; init; } = "";
    public string Tag { get; init; } = "";
    public Digest Digest { get; init; }
    public string Reason { get; init; } = "";

    /// <summary>Of a snooze.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Of a skipped version: whatever comes under the tag.</summary>
    public bool WholeTag { get; init; }
    public string SaidBy { get; init; } = "";
    public DateTimeOffset SaidAt { get; init; }
}
