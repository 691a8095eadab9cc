using System.Text.Json;
using Plimsoll.Registry;

namespace Plimsoll.Apps.Api;

/// <summary>What a connection test found: which step failed, and a sentence about it.</summary>
/// <param name="FailedStep"><c>dns</c>, <c>connect</c>, <c>tls</c>, <c>authentication</c>, <c>permission</c> or <c>protocol</c>; null when all went well.</param>
public sealed record ConnectionResponse(bool Ok, string? FailedStep, string Text)
{
    internal static ConnectionResponse From(ConnectionReport report) => new(
        report.Succeeded,
        report.FailedStep is { } step ? JsonNamingPolicy.KebabCaseLower.ConvertName(step.ToString()) : null,
        report.Sentence);
}
