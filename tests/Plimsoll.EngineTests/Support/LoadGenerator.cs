using System.Diagnostics;

namespace Plimsoll.EngineTests.Support;

/// <summary>
/// Clients with kept connections that ask for one host through the edge without a pause until they are stopped. Nothing is
/// repeated: a request that fails is counted, and the next one is another.
/// </summary>
public sealed class LoadGenerator : IAsyncDisposable
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(20);
    private readonly LoadTally tally = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Uri edge;
    private readonly LoadPattern pattern;
    private readonly byte[] request;
    private readonly Task clients;

    private LoadGenerator(Uri edge, LoadPattern pattern)
    {
        this.edge = edge;
        this.pattern = pattern;
        request = KeepAliveConnection.Request(pattern);
        clients = Task.WhenAll(Enumerable.Range(1, pattern.Connections).Select(number => Task.Run(() => AskUntilStoppedAsync(number))));
    }

    public static LoadGenerator Start(Uri edge, LoadPattern pattern) => new(edge, pattern);

    /// <summary>The counts so far.</summary>
    public LoadReport Report() => tally.Report();

    /// <summary>Returns when so many more requests have ended, well or not.</summary>
    public async Task WaitForRequestsAsync(int count, TimeSpan limit, CancellationToken cancellationToken)
    {
        var target = Report().Requests + count;
        await Eventually.IsTrueAsync(() => Report().Requests >= target, limit, () => $"Too few requests: {Report()}", cancellationToken);
    }

    /// <summary>Returns when this body, such as "healthy v2", has been answered at least once.</summary>
    public Task WaitForBodyAsync(string body, TimeSpan limit, CancellationToken cancellationToken) =>
        Eventually.IsTrueAsync(() => Report().Bodies.ContainsKey(body), limit, () => $"\"{body}\" was never answered: {Report()}", cancellationToken);

    /// <summary>Lets every request that is under way come to its end, then reports.</summary>
    public async Task<LoadReport> StopAsync()
    {
        await stopping.CancelAsync();
        await clients;
        return Report();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stopping.Dispose();
    }

    private async Task AskUntilStoppedAsync(int number)
    {
        KeepAliveConnection? connection = null;
        while (!stopping.IsCancellationRequested)
        {
            int? status = null;
            var started = Stopwatch.GetTimestamp();
            try
            {
                using var deadline = new CancellationTokenSource(pattern.AnswerWithin);
                connection ??= await OpenAsync(deadline.Token);
                var answer = await connection.SendAsync(request, deadline.Token);
                status = answer.Status;
                if (answer.ClosesConnection)
                {
                    Close(ref connection);
                }

                if (status is >= 200 and < 300)
                {
                    tally.Good(answer.Body.Trim(), Stopwatch.GetElapsedTime(started));
                    continue;
                }

                tally.Bad(number, status, answer.Body.Trim(), Stopwatch.GetElapsedTime(started));
            }
            catch (Exception failure) when (failure is IOException or System.Net.Sockets.SocketException or OperationCanceledException or FormatException)
            {
                tally.Bad(number, status, $"{failure.GetType().Name}: {failure.Message}", Stopwatch.GetElapsedTime(started));
                Close(ref connection);
            }

            // A server that refuses would otherwise be asked as fast as the processor can.
            await Task.Delay(PauseAfterFailure);
        }

        Close(ref connection);
    }

    private async Task<KeepAliveConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await KeepAliveConnection.OpenAsync(edge, cancellationToken);
        tally.Opened();
        return connection;
    }

    private static void Close(ref KeepAliveConnection? connection)
    {
        connection?.Dispose();
        connection = null;
    }
}
