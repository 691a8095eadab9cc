namespace Plimsoll.Candidates.Schedules;

/// <summary>A job and when it is done: every so many seconds, or at the times of a cron expression in a zone.</summary>
internal sealed record Schedule
{
    /// <summary>The job that is always there.</summary>
    public const long Scan = 1;

    public const int ShortestSeconds = 10;
    public const int LongestSeconds = 366 * 24 * 3600;

    public long Id { get; init; }

    public required string Name { get; init; }

    public JobKind Kind { get; init; }

    /// <summary>Null: there is a cron expression, or the settings' <c>pollingSeconds</c> hold.</summary>
    public int? EverySeconds { get; init; }

    /// <summary>Five fields, or six with seconds in front.</summary>
    public string? Cron { get; init; }

    /// <summary>IANA name; for <see cref="Cron"/> only.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Whether it is also done when Plimsoll starts.</summary>
    public bool AtStart { get; init; } = true;

    public bool Enabled { get; init; } = true;

    public DateTimeOffset ChangedAt { get; init; }
}
