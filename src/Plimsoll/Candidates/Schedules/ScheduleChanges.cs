using Plimsoll.Apps;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;
using Plimsoll.Plumbing.Time;

namespace Plimsoll.Candidates.Schedules;

/// <summary>Changes to jobs: checked first, then made whole or not at all.</summary>
internal sealed class ScheduleChanges(Store store, ScheduleStore schedules, EventLog events)
{
    public const int MostJobs = 50;

    public Task<Outcome<Schedule>> AddAsync(Schedule schedule, CancellationToken cancellationToken) => store.WriteAsync<Outcome<Schedule>>(
        scope =>
        {
            if (ProblemWith(scope, schedule) is { } problem)
            {
                return problem;
            }

            if (ScheduleStore.Count(scope) >= MostJobs)
            {
                return Refusal.Conflict($"There are {MostJobs} jobs already; remove one first.");
            }

            var added = schedules.Add(scope, schedule);
            scope.Record(new Change("job-added", $"job {added.Name}") { After = added });
            events.Append(scope, "job-added", $"Job {added.Name} was added.");
            return added;
        },
        cancellationToken);

    public Task<Outcome<Schedule>> UpdateAsync(long id, Func<Schedule, Schedule> change, CancellationToken cancellationToken, EditCheck? check = null) => store.WriteAsync<Outcome<Schedule>>(
        scope =>
        {
            if (ScheduleStore.Find(scope, id) is not { } stored)
            {
                return Refusal.NotFound("The job has been removed meanwhile.");
            }

            if (check?.Begin(scope) is { } stale)
            {
                return stale;
            }

            var wanted = change(stored);
            if (ProblemWith(scope, wanted) is { } problem)
            {
                return problem;
            }

            var changed = schedules.Update(scope, wanted);
            scope.Record(new Change("job-changed", $"job {changed.Name}") { Before = stored, After = changed });
            events.Append(scope, "job-changed", $"Job {changed.Name} was changed.");
            check?.End(scope);
            return changed;
        },
        cancellationToken);

    public Task<Outcome<Nothing>> RemoveAsync(Schedule schedule, CancellationToken cancellationToken, EditCheck? check = null) => store.WriteAsync<Outcome<Nothing>>(
        scope =>
        {
            if (schedule.Id == Schedule.Scan)
            {
                return Refusal.Conflict($"The job {schedule.Name} is always there. Switch it off instead: enabled=false.");
            }

            if (check?.Begin(scope) is { } stale)
            {
                return stale;
            }

            schedules.Remove(scope, schedule.Id);
            scope.Record(new Change("job-removed", $"job {schedule.Name}") { Before = schedule });
            events.Append(scope, "job-removed", $"Job {schedule.Name} was removed.");
            return new Nothing();
        },
        cancellationToken);

    private static Refusal? ProblemWith(WriteScope scope, Schedule schedule)
    {
        var errors = ProblemsOf(schedule);
        return errors.Count > 0 ? Refusal.Invalid(errors)
            : ScheduleStore.NameExists(scope, schedule.Name, schedule.Id) ? Refusal.Conflict($"There is already a job '{schedule.Name}'.")
            : null;
    }

    internal static Dictionary<string, string> ProblemsOf(Schedule schedule)
    {
        var errors = new Dictionary<string, string>();
        if (Names.Problem(schedule.Name) is { } name)
        {
            errors["name"] = name;
        }

        if (schedule.EverySeconds is { } seconds && seconds is < Schedule.ShortestSeconds or > Schedule.LongestSeconds)
        {
            errors["every"] = $"Write {Schedule.ShortestSeconds} seconds (\"{Schedule.ShortestSeconds}s\") or more, and at most a year.";
        }

        if (TimeZones.Problem(schedule.TimeZone) is { } zone)
        {
            errors["timeZone"] = zone;
        }

        if (schedule.Cron is { } cron)
        {
            if (schedule.EverySeconds is not null)
            {
                errors["cron"] = "Write either cron or every, not both.";
            }
            else if (!ZonedCron.TryParse(cron, TimeZones.Find(schedule.TimeZone) ?? TimeZoneInfo.Utc, out _, out var problem))
            {
                errors["cron"] = problem!;
            }
        }
        else if (schedule.EverySeconds is null && schedule.Id != Schedule.Scan)
        {
            errors["every"] = "Say when: every, such as \"10m\", or cron, such as \"0 3 * * *\".";
        }

        return errors;
    }
}
