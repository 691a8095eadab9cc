namespace Plimsoll.Access.Audit;

/// <summary>Which lines of the trail; null: whichever.</summary>
/// <param name="Before">Only lines with a smaller id.</param>
/// <param name="Text">Some of what was changed, in any case.</param>
internal sealed record AuditFilter(long? Before, string? Project, string? User, string? Action, string? Text, int Limit);
