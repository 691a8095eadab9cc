using Dapper;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;

namespace Plimsoll.Candidates.Schedules;

/// <summary>The runs of the jobs; the newest 100 of each are kept.</summary>
internal sealed class JobRunStore(Store store, EventLog events, TimeProvider time)
{
    private const int Kept = 100;

    public IReadOnlyDictionary<long, JobRun> Newest() => store.Read(connection =>
        connection.Query<JobRun>("SELECT * FROM job_runs WHERE id IN (SELECT max(id) FROM job_runs GROUP BY schedule_id)").ToDictionary(run => run.ScheduleId));

    public JobRun? Find(long id) => store.Read(connection => connection.QueryFirstOrDefault<JobRun>("SELECT * FROM job_runs WHERE id = @id", new { id }));

    /// <summary>Newest first.</summary>
    public IReadOnlyList<JobRun> Of(long scheduleId, int limit) => store.Read(connection => connection.Query<JobRun>(
        "SELECT * FROM job_runs WHERE schedule_id = @scheduleId ORDER BY id DESC LIMIT @limit", new { scheduleId, limit = Math.Clamp(limit, 1, Kept) }).AsList());

    /// <returns>Null: the job is gone.</returns>
    public Task<JobRun?> BeginAsync(long scheduleId, string askedBy, CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            scope.Execute("DELETE FROM job_runs WHERE schedule_id = @scheduleId AND id <= (SELECT id FROM job_runs WHERE schedule_id = @scheduleId ORDER BY id DESC LIMIT 1 OFFSET @Kept)", new { scheduleId, Kept });
            return scope.QueryFirstOrDefault<JobRun>(
                "INSERT INTO job_runs (schedule_id, asked_by, started_at) SELECT id, @askedBy, @now FROM schedules WHERE id = @scheduleId RETURNING *",
                new { scheduleId, askedBy, now = time.GetUtcNow() });
        },
        cancellationToken);

    /// <summary>That a job fails is an event when it begins, not each time.</summary>
    public Task EndAsync(JobRun run, string result, string text, CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            var before = scope.QueryFirstOrDefault<string>("SELECT result FROM job_runs WHERE schedule_id = @ScheduleId AND id < @Id ORDER BY id DESC LIMIT 1", new { run.ScheduleId, run.Id });
            scope.Execute("UPDATE job_runs SET finished_at = @now, result = @result, text = @text WHERE id = @Id", new { run.Id, result, text, now = time.GetUtcNow() });
            if (result == JobRun.Failed && before != JobRun.Failed && ScheduleStore.Find(scope, run.ScheduleId) is { } schedule)
            {
                events.Append(scope, "job-failed", $"Job {schedule.Name}: {text}");
            }
        },
        cancellationToken);

    /// <summary>Ends what a crash cut off.</summary>
    public Task EndCutOffAsync(CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            scope.Execute(
                "UPDATE job_runs SET finished_at = @now, result = @result, text = @text WHERE finished_at IS NULL",
                new { now = time.GetUtcNow(), result = JobRun.CutOff, text = "Plimsoll ended before it was over." });
        },
        cancellationToken);
}
