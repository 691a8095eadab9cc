namespace Plimsoll.Candidates.Schedules;

/// <summary>One run of a job.</summary>
internal sealed record JobRun
{
    public const string Ok = "ok";
    public const string Problems = "problems";
    public const string Failed = "failed";

    /// <summary>Plimsoll ended before the run did.</summary>
    public const string CutOff = "cut-off";

    public long Id { get; init; }
    public long ScheduleId { get; init; }

    /// <summary>For people: "the schedule", "start", "a change", or who asked.</summary>
    public string AskedBy { get; init; } = "";
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Null: it is under way.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>One of the constants; null: it is under way.</summary>
    public string? Result { get; init; }
    public string? Text { get; init; }
}
