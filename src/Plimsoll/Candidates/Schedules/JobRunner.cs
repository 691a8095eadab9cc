using System.Collections.Concurrent;
using Plimsoll.Apps;
using Plimsoll.Plumbing;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Candidates.Schedules;

/// <summary>
/// Does the jobs when they are due, and at once when somebody asks. Jobs of one kind are done one after the other; a long
/// scan does not hold up the updates of the night.
/// </summary>
internal sealed partial class JobRunner(
    ScheduleStore schedules,
    JobRunStore runs,
    SettingsStore settings,
    AppsChanges apps,
    IEnumerable<IJobPart> parts,
    TimeProvider time,
    ILogger<JobRunner> log) : BackgroundService
{
    private const double Jitter = 0.1;
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, Asked> _asked = new();
    private readonly ChangeSignal _wanted = new();

    /// <summary>Has a job done as soon as those of its kind that are under way are over. Who asks while one waits already shares that run.</summary>
    /// <returns>The run when it is over; null: the job is gone.</returns>
    public Task<JobRun?> RunNowAsync(long scheduleId, string who)
    {
        var asked = _asked.GetOrAdd(scheduleId, _ => new Asked(who));
        _wanted.Notify();
        return asked.Over.Task;
    }

    /// <summary>When a job is due next, as far as is known now; null: never by itself.</summary>
    public DateTimeOffset? NextOf(Schedule schedule, JobRun? newest) =>
        Timetable.Next(schedule, newest?.StartedAt, isFirstLook: false, settings.Read().PollingSeconds, jitter: 0, time.GetUtcNow());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await UntilStoredAsync(runs.EndCutOffAsync, stoppingToken);
            await Task.WhenAll(Enum.GetValues<JobKind>().Select(kind => LoopAsync(kind, stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
        finally
        {
            foreach (var asked in _asked.Values)
            {
                asked.Over.TrySetCanceled(CancellationToken.None);
            }
        }
    }

    private async Task LoopAsync(JobKind kind, CancellationToken cancellationToken)
    {
        var seen = new HashSet<long>();
        // Hosts that were started by the same reboot must not ask the registries in step for ever.
        var jitter = 0.0;
        while (true)
        {
            Task[] signals = [schedules.Changed.Next, _wanted.Next, apps.Changed.Next];
            try
            {
                if (Due(kind, seen, jitter, out var pause) is { } due)
                {
                    seen.Add(due.Schedule.Id);
                    jitter = (2 * Random.Shared.NextDouble() * Jitter) - Jitter;
                    await RunAsync(due.Schedule, due.AskedBy, cancellationToken);
                    continue;
                }

                await Task.WhenAny([.. signals, Task.Delay(pause, time, cancellationToken)]);
                cancellationToken.ThrowIfCancellationRequested();
                if (kind == JobKind.Scan && signals[^1].IsCompleted && schedules.Find(Schedule.Scan) is { } scan && NextOf(scan, null) is not null)
                {
                    // Who has just added a project does not want to wait for the next round.
                    _asked.TryAdd(scan.Id, new Asked("a change of what should run"));
                }
            }
            catch (StoreUnavailableException problem)
            {
                LogTrouble(log, problem);
                await Task.Delay(AfterTrouble, time, cancellationToken);
            }
        }
    }

    private (Schedule Schedule, string AskedBy)? Due(JobKind kind, IReadOnlySet<long> seen, double jitter, out TimeSpan pause)
    {
        var now = time.GetUtcNow();
        var newest = runs.Newest();
        var polling = settings.Read().PollingSeconds;
        var all = schedules.List();
        var mine = all.Where(schedule => schedule.Kind == kind).ToList();
        foreach (var gone in _asked.Keys.Where(id => all.All(schedule => schedule.Id != id)))
        {
            if (_asked.TryRemove(gone, out var forgotten))
            {
                forgotten.Over.TrySetResult(null);
            }
        }

        if (mine.Find(schedule => _asked.ContainsKey(schedule.Id)) is { } asked)
        {
            pause = TimeSpan.Zero;
            return (asked, _asked[asked.Id].Who);
        }

        var next = mine
            .Select(schedule => (Schedule: schedule, At: Timetable.Next(schedule, newest.GetValueOrDefault(schedule.Id)?.StartedAt, !seen.Contains(schedule.Id), polling, jitter, now)))
            .Where(one => one.At is not null)
            .OrderBy(one => one.At)
            .FirstOrDefault();
        // The clock may be put right meanwhile: it is looked at again at least once an hour. Timers know whole milliseconds only.
        pause = next.At is not { } at ? LongestPause : TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling((at - now).TotalMilliseconds), 0, LongestPause.TotalMilliseconds));
        return next.At <= now ? (next.Schedule, seen.Contains(next.Schedule.Id) ? "the schedule" : "the start of Plimsoll") : null;
    }

    private async Task RunAsync(Schedule schedule, string askedBy, CancellationToken cancellationToken)
    {
        var run = await runs.BeginAsync(schedule.Id, askedBy, cancellationToken);
        // From here on whoever asks means a run that begins after now.
        _asked.TryRemove(schedule.Id, out var asked);
        try
        {
            if (run is not null)
            {
                var (result, text) = await WorkAsync(schedule, cancellationToken);
                await UntilStoredAsync(token => runs.EndAsync(run, result, text, token), cancellationToken);
                run = runs.Find(run.Id);
            }

            asked?.Over.TrySetResult(run);
        }
        finally
        {
            asked?.Over.TrySetCanceled(CancellationToken.None);
        }
    }

    private async Task<(string Result, string Text)> WorkAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        var reports = new List<JobReport>();
        try
        {
            foreach (var part in parts.Where(part => part.Kind == schedule.Kind))
            {
                reports.Add(await part.RunAsync(cancellationToken));
            }

            return (reports.Exists(report => report.Problems > 0) ? JobRun.Problems : JobRun.Ok, reports.Count == 0 ? "There was nothing to do." : string.Join("; ", reports) + ".");
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailure(log, schedule.Name, problem);
            return (JobRun.Failed, $"It stopped over a problem: {problem.Message}");
        }
    }

    private async Task UntilStoredAsync(Func<CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await write(cancellationToken);
                return;
            }
            catch (StoreUnavailableException problem)
            {
                LogTrouble(log, problem);
                await Task.Delay(AfterTrouble, time, cancellationToken);
            }
        }
    }

    private sealed record Asked(string Who)
    {
        public TaskCompletionSource<JobRun?> Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [LoggerMessage(350, LogLevel.Error, "The jobs cannot be kept going just now; trying again in a few seconds.")]
    private static partial void LogTrouble(ILogger log, Exception problem);

    [LoggerMessage(351, LogLevel.Error, "The job {Name} stopped over a problem; it comes again at its next time.")]
    private static partial void LogFailure(ILogger log, string name, Exception problem);
}
