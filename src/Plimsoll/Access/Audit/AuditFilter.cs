namespace Plimsoll.Access.Audit;

/// <summary>Which lines of the trail; null: whichever.</summary>
/// <param name="Before">Only lines with a smaller id.</param>
internal sealed record AuditFilter(long? Before, string? Project, string? User, string? Action, int Limit);
