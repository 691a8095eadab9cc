namespace Plimsoll.Decisions;

/// <summary>Which decisions; null: whichever.</summary>
/// <param name="Text">Some of the image or the reason, in any case.</param>
internal sealed record DecisionFilter(string? Repository = null, long? ProjectId = null, long? StageId = null, string? Verdict = null, string? Text = null, string? Container = null);
