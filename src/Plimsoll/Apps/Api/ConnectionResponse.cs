namespace Plimsoll.Apps.Api;

/// <summary>What a connection test found: which step failed, and a sentence about it.</summary>
public sealed record ConnectionResponse(bool Ok, string? FailedStep, string Text);
