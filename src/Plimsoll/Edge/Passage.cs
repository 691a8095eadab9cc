namespace Plimsoll.Edge;

/// <summary>What a stage's gate said to a request.</summary>
/// <param name="Message">With <see cref="PassageKind.Maintenance"/>: what visitors are told, as plain text.</param>
internal readonly record struct Passage(PassageKind Kind, string? Message = null);
