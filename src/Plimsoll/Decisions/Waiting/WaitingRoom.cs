using Plimsoll.Apps;
using Plimsoll.Candidates;
using Plimsoll.Decisions.Pending;

namespace Plimsoll.Decisions.Waiting;

/// <summary>Has those judged anew whose time has come, and all who wait when something of the configuration was changed. What waits is in the store, so a restart loses nobody.</summary>
internal sealed partial class WaitingRoom(WaitingStore waiting, PendingStore pending, ICandidateJudge judge, AppsChanges changes, TimeProvider time, ILogger<WaitingRoom> log) : BackgroundService
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    /// <summary>Clocks are set, and machines sleep: nobody waits longer than this for a look at the clock.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var all = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            var (came, configured) = (waiting.Changed.Next, changes.Changed.Next);
            try
            {
                await JudgeAsync(all, stoppingToken);
                all = false;
                var pause = NextLook() is { } at ? at - time.GetUtcNow() : LongestPause;
                if (pause > TimeSpan.Zero)
                {
                    await Task.WhenAny(came, configured, Task.Delay(pause < LongestPause ? pause : LongestPause, time, stoppingToken));
                }
            }
            catch (Exception problem) when (!stoppingToken.IsCancellationRequested)
            {
                LogTrouble(log, problem);
                await Task.Delay(AfterTrouble, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            all |= configured.IsCompleted;
        }
    }

    /// <summary>The highest version of a stage first: if it is deployed, the lower ones need not be.</summary>
    private async Task JudgeAsync(bool all, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var due in waiting.List()
            .Where(candidate => all || candidate.LookAgainAt <= now)
            .OrderBy(candidate => candidate.StageId)
            .ThenByDescending(candidate => candidate.Tag, TagOrder.OldestFirst))
        {
            await judge.JudgeAsync(due.ToCandidate(), cancellationToken);
        }

        // What a person is asked may need no asking any more, or be no longer possible.
        foreach (var question in all ? pending.Open() : [])
        {
            if (question.StageId is not null)
            {
                await judge.JudgeAsync(question.ToCandidate(), cancellationToken);
            }
        }
    }

    private DateTimeOffset? NextLook() => waiting.List().FirstOrDefault()?.LookAgainAt;

    [LoggerMessage(340, LogLevel.Error, "Those who wait for their time could not be judged anew; trying again in a few seconds.")]
    private static partial void LogTrouble(ILogger log, Exception problem);
}
