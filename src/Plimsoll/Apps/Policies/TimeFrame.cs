namespace Plimsoll.Apps.Policies;

/// <summary>A maintenance window or a freeze as a person wrote it.</summary>
/// <param name="Cron">When it begins: a cron expression of five or six fields.</param>
/// <param name="Duration">How long it lasts, such as <c>2h</c>.</param>
/// <param name="TimeZone">An IANA name; null: UTC.</param>
/// <param name="Reason">For people; null: none was given.</param>
internal sealed record TimeFrame(string Cron, string Duration, string? TimeZone = null, string? Reason = null);
