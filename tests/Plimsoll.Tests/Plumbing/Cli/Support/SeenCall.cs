namespace Plimsoll.Tests.Plumbing.Cli.Support;

/// <summary>A request as it arrived.</summary>
/// <param name="Call">Method and path.</param>
internal sealed record SeenCall(string Call, string Body, string? ContentType, string Authorization, string LastEventId);
