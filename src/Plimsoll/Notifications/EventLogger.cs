using Plimsoll.Plumbing.Events;

namespace Plimsoll.Notifications;

/// <summary>Writes every event to the program's own log: what an operator reads with journalctl is what happened.</summary>
internal sealed partial class EventLogger(EventLog events, TimeProvider time, ILogger<EventLogger> log) : BackgroundService
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    private long _lastId;

    /// <summary>A background service may begin some time after its start; what happened in between would be missing in the log.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _lastId = events.LastId();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = events.Changed.Next;
            try
            {
                var news = events.After(_lastId);
                foreach (var recorded in news)
                {
                    _lastId = recorded.Id;
                    LogEvent(log, recorded.Text);
                }

                // One read is only a part when there is much; what is left gives no signal of its own.
                if (news.Count < EventLog.MostPerRead)
                {
                    await next.WaitAsync(stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Plumbing.Database.StoreUnavailableException problem)
            {
                LogTrouble(log, problem.Message);
                await Task.Delay(AfterTrouble, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(900, LogLevel.Information, "{Event}")]
    private static partial void LogEvent(ILogger log, string @event);

    [LoggerMessage(901, LogLevel.Error, "Events cannot be read: {Problem}")]
    private static partial void LogTrouble(ILogger log, string problem);
}
