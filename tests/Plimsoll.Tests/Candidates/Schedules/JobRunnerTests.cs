using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Candidates.Schedules;
using Plimsoll.Tests.Apps.Support;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Candidates.Schedules;

public sealed class JobRunnerTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly Part _scan = new(JobKind.Scan);
    private readonly Part _update = new(JobKind.Update);
    private AppsStore _apps = null!;
    private ScheduleStore _schedules = null!;
    private JobRunStore _runs = null!;
    private JobRunner _runner = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _apps = await AppsStore.CreateAsync();
        _schedules = new ScheduleStore(_apps.Store, _time);
        _runs = new JobRunStore(_apps.Store, _apps.Events, _time);
        _runner = New();
    }

    public async ValueTask DisposeAsync()
    {
        await _runner.StopAsync(CancellationToken.None);
        _runner.Dispose();
        await _apps.DisposeAsync();
    }

    [Fact]
    public async Task The_scan_is_done_at_the_start_then_at_each_interval_and_its_runs_are_on_record()
    {
        await _runner.StartAsync(Token);
        await _scan.BegunAsync(1);
        await OverAsync(1);

        await DueAsync(_scan, 2);

        var newest = await OverAsync(2);
        (newest.Result, newest.AskedBy, newest.Text).ShouldBe((JobRun.Ok, "the schedule", "3 things, 1 new."));
        _runs.Of(Schedule.Scan, 10).Count.ShouldBe(2);
        _runs.Of(Schedule.Scan, 10)[1].AskedBy.ShouldBe("the start of Plimsoll");
        _update.Begun.ShouldBe(0);
    }

    [Fact]
    public async Task A_changed_project_is_looked_at_at_once()
    {
        await _runner.StartAsync(Token);
        await OverAsync(1);

        await _apps.Changes.AddProjectAsync(Given.Project, [Given.Stage], Token);

        (await OverAsync(2)).AskedBy.ShouldBe("a change of what should run");
    }

    [Fact]
    public async Task Who_asks_gets_a_run_of_their_own_that_begins_after_they_asked_and_those_who_wait_share_it()
    {
        _scan.Hold();
        await _runner.StartAsync(Token);
        await _scan.BegunAsync(1);

        var first = _runner.RunNowAsync(Schedule.Scan, "anna");
        var second = _runner.RunNowAsync(Schedule.Scan, "ben");
        first.IsCompleted.ShouldBeFalse();
        _scan.LetGo();

        var run = await first.WaitAsync(Token);
        (await second.WaitAsync(Token))!.Id.ShouldBe(run!.Id);
        (run.AskedBy, run.Result).ShouldBe(("anna", JobRun.Ok));
        _scan.Begun.ShouldBe(2);
    }

    [Fact]
    public async Task An_update_does_not_wait_for_a_long_scan()
    {
        var night = await AddAsync(new Schedule { Name = "night", Kind = JobKind.Update, Cron = "0 3 * * *", AtStart = false });
        _scan.Hold();
        await _runner.StartAsync(Token);
        await _scan.BegunAsync(1);

        (await _runner.RunNowAsync(night.Id, "anna").WaitAsync(Token))!.Result.ShouldBe(JobRun.Ok);

        _update.Begun.ShouldBe(1);
        _scan.LetGo();
    }

    [Fact]
    public async Task A_job_that_fails_says_so_once_and_comes_again()
    {
        _scan.Fails = true;
        await _runner.StartAsync(Token);
        (await OverAsync(1)).Result.ShouldBe(JobRun.Failed);
        await DueAsync(_scan, 2);
        (await OverAsync(2)).Text.ShouldBe("It stopped over a problem: a mistake.");
        _scan.Fails = false;
        await DueAsync(_scan, 3);
        (await OverAsync(3)).Result.ShouldBe(JobRun.Ok);

        _apps.Events.After(0).Count(one => one.Kind == "job-failed").ShouldBe(1);
    }

    [Fact]
    public async Task What_a_crash_cut_off_is_told_as_cut_off()
    {
        var cut = await _runs.BeginAsync(Schedule.Scan, "somebody", Token);
        await _runner.StartAsync(Token);
        await _scan.BegunAsync(1);

        _runs.Find(cut!.Id)!.Result.ShouldBe(JobRun.CutOff);
    }

    [Fact]
    public async Task Who_waits_for_a_job_that_is_removed_is_told()
    {
        await _runner.StartAsync(Token);
        await OverAsync(1);
        (await _runner.RunNowAsync(4711, "anna").WaitAsync(Token)).ShouldBeNull();
    }

    private JobRunner New() =>
        new(_schedules, _runs, _apps.Settings, _apps.Changes, [_scan, _update], _time, NullLogger<JobRunner>.Instance);

    private Task<Schedule> AddAsync(Schedule schedule) => _apps.Store.WriteAsync(scope => _schedules.Add(scope, schedule), Token);

    /// <summary>Lets time go by until the job has begun so many times: the runner takes up its next wait a moment after a run is over.</summary>
    private async Task DueAsync(Part part, int times)
    {
        while (part.Begun < times)
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            await SignOfLifeAsync();
        }
    }

    private async Task<JobRun> OverAsync(int number)
    {
        while (true)
        {
            if (_runs.Of(Schedule.Scan, 50) is var all && all.Count >= number && all[^number] is { FinishedAt: not null } run)
            {
                return run;
            }

            await SignOfLifeAsync();
        }
    }

    /// <summary>A runner that has fallen over is told as what it is, not as a test that never ends.</summary>
    private async Task SignOfLifeAsync()
    {
        if (_runner.ExecuteTask is { IsCompleted: true } over)
        {
            await over;
            throw new InvalidOperationException("The runner has ended.");
        }

        await Task.Delay(5, Token);
    }

    private sealed class Part(JobKind kind) : IJobPart
    {
        private readonly ConcurrentQueue<int> _begun = new();
        private TaskCompletionSource? _held;

        public JobKind Kind => kind;

        public bool Fails { get; set; }

        public int Begun => _begun.Count;

        public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void LetGo() => _held!.SetResult();

        public async Task BegunAsync(int times)
        {
            while (Begun < times)
            {
                await Task.Delay(5, Token);
            }
        }

        public async Task<JobReport> RunAsync(CancellationToken cancellationToken)
        {
            _begun.Enqueue(0);
            if (_held is { } held)
            {
                await held.Task.WaitAsync(cancellationToken);
            }

            return Fails ? throw new InvalidOperationException("a mistake.") : new JobReport("things", 3, 1, "new", 0, null);
        }
    }
}
