using System.Collections.Concurrent;
using static Plimsoll.Tests.Edge.RunningEdge;

namespace Plimsoll.Tests.Edge;

/// <summary>Clients that ask one request after another, each on a connection it keeps, until they are told to finish.</summary>
internal sealed class Load : IAsyncDisposable
{
    private readonly RunningEdge _edge;
    private readonly Task _clients;
    private readonly CancellationTokenSource _enough = new();
    private long _answered;

    public Load(RunningEdge edge, int clients)
    {
        _edge = edge;
        _clients = Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => AskAsync(client))));
    }

    public ConcurrentQueue<string> Failures { get; } = [];

    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Waits for so many more answers, so that each switch meets traffic.</summary>
    public async Task UntilAnsweredAsync(int more)
    {
        var goal = Answered + more;
        while (Answered < goal && !_clients.IsCompleted && Failures.IsEmpty)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    public async Task FinishAsync()
    {
        await _enough.CancelAsync();
        await _clients;
    }

    public async ValueTask DisposeAsync()
    {
        await FinishAsync();
        _enough.Dispose();
    }

    private async Task AskAsync(int client)
    {
        for (var turn = 0; !_enough.IsCancellationRequested && !TestContext.Current.CancellationToken.IsCancellationRequested; turn++)
        {
            try
            {
                using var request = Ask($"/{client}/{turn}", method: turn % 3 == 0 ? HttpMethod.Post : HttpMethod.Get);
                request.Content = turn % 3 == 0 ? new StringContent("a body") : null;
                using var response = await _edge.SendAsync(request);
                var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                if (text != "ok")
                {
                    Failures.Enqueue($"{(int)response.StatusCode} {text}");
                }
            }
            catch (HttpRequestException exception)
            {
                Failures.Enqueue(exception.ToString());
            }

            Interlocked.Increment(ref _answered);
        }
    }
}
