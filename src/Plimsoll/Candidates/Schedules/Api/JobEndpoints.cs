using Plimsoll.Access;
using Plimsoll.Access.Projects;
using Plimsoll.Apps.Api;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Candidates.Schedules.Api;

/// <summary>What is done again and again (seed 003 §8, §9).</summary>
internal static class JobEndpoints
{
    private const int LongestWait = 600;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/api/jobs").WithTags("Jobs");
        jobs.MapGet("", List).RequireRole(Role.Viewer).FiltersByProject()
            .WithName("Jobs_List").WithSummary("All jobs with their last run and their next.")
            .Returns<IReadOnlyList<JobResponse>>();
        jobs.MapPost("", Create).RequireRole(Role.Admin)
            .WithName("Jobs_Create").WithSummary("Adds a job: every so often, or by cron in a time zone.")
            .Returns<JobResponse>(StatusCodes.Status201Created).RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict);
        jobs.MapGet("{id}", Get).RequireRole(Role.Viewer).FiltersByProject()
            .WithName("Jobs_Get").WithSummary("One job; {id} is a number or name.")
            .Returns<JobResponse>().RefusesWith(StatusCodes.Status404NotFound);
        jobs.MapPut("{id}", Update).RequireRole(Role.Admin)
            .WithName("Jobs_Update").WithSummary("Changes the fields that are sent.")
            .Returns<JobResponse>().RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
        jobs.MapDelete("{id}", Remove).RequireRole(Role.Admin)
            .WithName("Jobs_Delete").WithSummary("Removes a job and the record of its runs.")
            .Returns<Nothing>().RefusesWith(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
        jobs.MapGet("{id}/runs", Runs).RequireRole(Role.Viewer).FiltersByProject()
            .WithName("Jobs_Runs").WithSummary("The newest runs of a job, newest first.")
            .Returns<IReadOnlyList<JobRunResponse>>().RefusesWith(StatusCodes.Status404NotFound);
        jobs.MapPost("{id}/run", Run).RequireRole(Role.Operator).RefuseWhileStopping()
            .WithName("Jobs_Run").WithSummary("Has a job done now; wait=<seconds> answers when it is over.")
            .Returns<JobResponse>().Returns<JobResponse>(StatusCodes.Status202Accepted).RefusesWith(StatusCodes.Status404NotFound);
    }

    private static IResult List(HttpContext context, ScheduleStore schedules, JobRunStore runs, JobRunner runner)
    {
        var newest = runs.Newest();
        return Answers.Ok<IReadOnlyList<JobResponse>>([.. schedules.List().Select(schedule => Show(schedule, newest.GetValueOrDefault(schedule.Id), context.User.Caller(), runner))]);
    }

    private static IResult Get(string id, HttpContext context, Store store, ScheduleStore schedules, JobRunStore runs, JobRunner runner)
    {
        if (schedules.Find(id) is not { } schedule)
        {
            return NoJob(id);
        }

        EditCheck.Show(context, Revisions.OfSchedule(store, schedule.Id));
        return schedules.Find(id) is { } found ? Answers.Ok(Show(found, runs.Newest().GetValueOrDefault(found.Id), context.User.Caller(), runner)) : NoJob(id);
    }

    private static async Task<IResult> Create(JobRequest request, HttpContext context, ScheduleChanges changes, JobRunner runner, CancellationToken cancellationToken)
    {
        var read = request.Read();
        return read.IsRefused(out var refusal)
            ? Answers.Refused(refusal)
            : (await changes.AddAsync(read.Value!(null), cancellationToken)).ToAnswer(added => Show(added, null, context.User.Caller(), runner), StatusCodes.Status201Created);
    }

    private static async Task<IResult> Update(
        string id, JobRequest request, HttpContext context, ScheduleStore schedules, ScheduleChanges changes, JobRunStore runs, JobRunner runner, CancellationToken cancellationToken)
    {
        if (schedules.Find(id) is not { } schedule)
        {
            return NoJob(id);
        }

        var read = request.Read();
        return read.IsRefused(out var refusal)
            ? Answers.Refused(refusal)
            : (await changes.UpdateAsync(schedule.Id, stored => read.Value!(stored), cancellationToken, Check(context, schedule)))
                .ToAnswer(changed => Show(changed, runs.Newest().GetValueOrDefault(changed.Id), context.User.Caller(), runner));
    }

    private static async Task<IResult> Remove(string id, HttpContext context, ScheduleStore schedules, ScheduleChanges changes, CancellationToken cancellationToken) =>
        schedules.Find(id) is { } schedule ? (await changes.RemoveAsync(schedule, cancellationToken, Check(context, schedule))).ToAnswer() : NoJob(id);

    private static IResult Runs(string id, int? limit, HttpContext context, ScheduleStore schedules, JobRunStore runs) =>
        schedules.Find(id) is { } schedule
            ? Answers.Ok<IReadOnlyList<JobRunResponse>>([.. runs.Of(schedule.Id, limit ?? 20).Select(run => JobRunResponse.From(run, MaySeeText(context.User.Caller())))])
            : NoJob(id);

    private static async Task<IResult> Run(
        string id, int? wait, HttpContext context, Store store, ScheduleStore schedules, JobRunStore runs, JobRunner runner, TimeProvider time, CancellationToken cancellationToken)
    {
        if (schedules.Find(id) is not { } schedule)
        {
            return NoJob(id);
        }

        await store.WriteAsync(scope => scope.Record(new Change("job-run-asked-for", $"job {schedule.Name}")), cancellationToken);
        var over = runner.RunNowAsync(schedule.Id, context.User.Caller().ToString());
        if (wait is > 0)
        {
            using var timer = new CancellationTokenSource(TimeSpan.FromSeconds(Math.Min(wait.Value, LongestWait)), time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, LongAnswer.End(context));
            await Task.WhenAny(over, Task.Delay(Timeout.InfiniteTimeSpan, time, either.Token));
        }

        return Answers.Ok(
            Show(schedule, runs.Newest().GetValueOrDefault(schedule.Id), context.User.Caller(), runner), over.IsCompletedSuccessfully ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }

    private static JobResponse Show(Schedule schedule, JobRun? newest, Caller caller, JobRunner runner) =>
        JobResponse.From(schedule, newest, runner.NextOf(schedule, newest), MaySeeText(caller), Actions(schedule, caller));

    private static IReadOnlyList<string> Actions(Schedule schedule, Caller caller) =>
    [
        .. caller.Role >= Role.Operator && caller.Projects is null ? ["run"] : Array.Empty<string>(),
        .. caller.Role >= Role.Admin && caller.Projects is null ? schedule.Id == Schedule.Scan ? ["change"] : ["change", "remove"] : Array.Empty<string>(),
    ];

    private static bool MaySeeText(Caller caller) => caller.Projects is null;

    private static EditCheck Check(HttpContext context, Schedule schedule) => new(context, scope => Revisions.OfSchedule(scope, schedule.Id));

    private static IResult NoJob(string id) => Answers.Refused(Refusal.NotFound($"There is no job '{id}'."));
}
