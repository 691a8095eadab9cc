using Plimsoll.Apps.Api;
using Plimsoll.Plumbing.Http;
using Plimsoll.Plumbing.Time;

namespace Plimsoll.Candidates.Schedules.Api;

/// <summary>A job as a client writes it. In a change an absent field keeps its value; an empty text clears it.</summary>
public sealed record JobRequest
{
    public string? Name { get; init; }

    /// <summary><c>scan</c> or <c>update</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>A duration: <c>90s</c>, <c>10m</c>, <c>1d</c>.</summary>
    public string? Every { get; init; }

    /// <summary>Five fields, or six with seconds in front.</summary>
    public string? Cron { get; init; }

    /// <summary>IANA name, for cron.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Whether it is also done when Plimsoll starts.</summary>
    public bool? AtStart { get; init; }

    public bool? Enabled { get; init; }

    /// <summary>A new job, or the job as it is after this change. What can be read is checked elsewhere.</summary>
    internal Outcome<Func<Schedule?, Schedule>> Read()
    {
        JobKind? kind = null;
        if (Kind is not null)
        {
            if (!Enum.TryParse<JobKind>(Kind, ignoreCase: true, out var known) || char.IsAsciiDigit(Kind[0]))
            {
                return Refusal.Invalid("kind", "Write scan or update.");
            }

            kind = known;
        }

        TimeSpan every = default;
        if (!string.IsNullOrEmpty(Every) && !Duration.TryParse(Every, out every))
        {
            return Refusal.Invalid("every", $"'{(Every.Length <= 40 ? Every : Every[..40] + "…")}' is not a duration: write 90s, 10m, 2h or 1d.");
        }

        return new Func<Schedule?, Schedule>(old => (old ?? new Schedule { Name = "", AtStart = kind == JobKind.Scan }) with
        {
            Name = Name ?? old?.Name ?? "",
            Kind = kind ?? old?.Kind ?? JobKind.Scan,
            EverySeconds = Every is null ? (Cron is { Length: > 0 } ? null : old?.EverySeconds) : Every.Length == 0 ? null : (int)Math.Min(every.TotalSeconds, int.MaxValue),
            Cron = Cron is null ? (Every is { Length: > 0 } ? null : old?.Cron) : FieldValue.Over(Cron, null),
            TimeZone = TimeZone ?? old?.TimeZone ?? TimeZones.Utc,
            AtStart = AtStart ?? old?.AtStart ?? kind == JobKind.Scan,
            Enabled = Enabled ?? old?.Enabled ?? true,
        });
    }
}
