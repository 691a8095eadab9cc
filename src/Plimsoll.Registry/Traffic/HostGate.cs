namespace Plimsoll.Registry.Traffic;

/// <summary>
/// Lets requests to one registry through: no more at a time than its pace allows, and no faster. The pace is passed in with each request,
/// so a change counts at once. (The limiters of the platform keep a clock of their own, which no test could move.)
/// </summary>
internal sealed class HostGate(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Queue<TaskCompletionSource> waiting = new();
    private int inside;
    private int limit;
    private double tokens = double.NaN;
    private DateTimeOffset countedAt;

    /// <summary>Waits its turn. Whoever was let in calls <see cref="Leave"/>.</summary>
    public async Task EnterAsync(RegistryPace pace, CancellationToken cancellationToken)
    {
        await TakePlaceAsync(pace, cancellationToken);
        try
        {
            // Only those with a place reserve a moment, so a queue of many cannot push the next request far away.
            if (Reserve(pace) is var pause && pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, time, cancellationToken);
            }
        }
        catch
        {
            Leave();
            throw;
        }
    }

    public void Leave()
    {
        lock (gate)
        {
            inside--;
            LetIn();
        }
    }

    private Task TakePlaceAsync(RegistryPace pace, CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (gate)
        {
            limit = Math.Max(1, pace.Concurrency);
            LetIn();
            if (inside < limit)
            {
                inside++;
                return Task.CompletedTask;
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Enqueue(turn);
        }

        return WaitAsync(turn, cancellationToken);
    }

    private static async Task WaitAsync(TaskCompletionSource turn, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        await turn.Task;
    }

    private void LetIn()
    {
        while (inside < limit && waiting.TryDequeue(out var next))
        {
            // One that gave up has no place to take.
            inside += next.TrySetResult() ? 1 : 0;
        }
    }

    private TimeSpan Reserve(RegistryPace pace)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var rate = Math.Max(0.01, pace.RequestsPerSecond);
            double burst = Math.Max(1, pace.Burst);
            tokens = double.IsNaN(tokens) ? burst : Math.Min(burst, tokens + (Math.Max(0, (now - countedAt).TotalSeconds) * rate));
            countedAt = now;
            tokens -= 1;
            return tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-tokens / rate);
        }
    }
}
