using Dapper;
using Plimsoll.Plumbing;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Candidates.Schedules;

/// <summary>Jobs and their times in the store.</summary>
internal sealed class ScheduleStore(Store store, TimeProvider time)
{
    /// <summary>Fires after each commit that changed when something is done.</summary>
    public ChangeSignal Changed { get; } = new();

    public IReadOnlyList<Schedule> List() => store.Read(connection => connection.Query<Row>("SELECT * FROM schedules ORDER BY id").Select(row => row.ToSchedule()).ToList());

    public Schedule? Find(string idOrName) => store.Read(connection => connection.QueryFirstOrDefault<Row>(
        "SELECT * FROM schedules WHERE name = @idOrName OR id = @id ORDER BY name = @idOrName DESC", new { idOrName, id = long.TryParse(idOrName, out var id) ? id : -1 })?.ToSchedule());

    public Schedule? Find(long id) => store.Read(connection => connection.QueryFirstOrDefault<Row>("SELECT * FROM schedules WHERE id = @id", new { id })?.ToSchedule());

    public static Schedule? Find(WriteScope scope, long id) => scope.QueryFirstOrDefault<Row>("SELECT * FROM schedules WHERE id = @id", new { id })?.ToSchedule();

    public static bool NameExists(WriteScope scope, string name, long exceptId) =>
        scope.QueryFirstOrDefault<long?>("SELECT id FROM schedules WHERE name = @name AND id <> @exceptId", new { name, exceptId }) is not null;

    public static int Count(WriteScope scope) => scope.QuerySingle<int>("SELECT count(*) FROM schedules");

    public Schedule Add(WriteScope scope, Schedule schedule)
    {
        scope.AfterCommit(Changed.Notify);
        return scope.QuerySingle<Row>(
            """
            INSERT INTO schedules (name, kind, every_seconds, cron, time_zone, at_start, enabled, changed_at)
            VALUES (@Name, @kind, @EverySeconds, @Cron, @TimeZone, @AtStart, @Enabled, @now)
            RETURNING *
            """,
            Parameters(schedule)).ToSchedule();
    }

    public Schedule Update(WriteScope scope, Schedule schedule)
    {
        scope.AfterCommit(Changed.Notify);
        return scope.QuerySingle<Row>(
            """
            UPDATE schedules SET name = @Name, kind = @kind, every_seconds = @EverySeconds, cron = @Cron, time_zone = @TimeZone, at_start = @AtStart, enabled = @Enabled, changed_at = @now
            WHERE id = @Id RETURNING *
            """,
            Parameters(schedule)).ToSchedule();
    }

    public void Remove(WriteScope scope, long id)
    {
        scope.Execute("DELETE FROM schedules WHERE id = @id", new { id });
        scope.AfterCommit(Changed.Notify);
    }

    private object Parameters(Schedule schedule) => new
    {
        schedule.Id, schedule.Name, kind = schedule.Kind.ToString().ToLowerInvariant(), schedule.EverySeconds, schedule.Cron, schedule.TimeZone, schedule.AtStart, schedule.Enabled,
        now = time.GetUtcNow(),
    };

    private sealed class Row
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public string Kind { get; init; } = "";
        public int? EverySeconds { get; init; }
        public string? Cron { get; init; }
        public string TimeZone { get; init; } = "";
        public bool AtStart { get; init; }
        public bool Enabled { get; init; }
        public DateTimeOffset ChangedAt { get; init; }

        public Schedule ToSchedule() => new()
        {
            Id = Id, Name = Name, Kind = Enum.Parse<JobKind>(Kind, ignoreCase: true), EverySeconds = EverySeconds, Cron = Cron, TimeZone = TimeZone,
            AtStart = AtStart, Enabled = Enabled, ChangedAt = ChangedAt,
        };
    }
}
