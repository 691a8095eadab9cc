using System.Net.Sockets;
using System.Net.WebSockets;

namespace Plimsoll.Bench;

/// <summary>One client with one connection that asks until it is told to stop, and then finishes what it has begun.</summary>
internal abstract class TrafficClient(TrafficKind kind, int number, Target target, Tally tally, TimeProvider time)
{
    // A server that refuses would otherwise be asked as fast as the processor can.
    private static readonly TimeSpan _pauseAfterFailure = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private readonly Random _random = new(number);

    protected TrafficKind Kind { get; } = kind;

    protected Target Target { get; } = target;

    protected Tally Tally { get; } = tally;

    protected TimeProvider Time { get; } = time;

    public abstract Task RunAsync(CancellationToken stopping);

    protected async Task<ClientConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await ClientConnection.OpenAsync(Target.Proxy, cancellationToken);
        Tally.Opened(Kind);
        return connection;
    }

    /// <summary>A request or message that takes longer than this has failed.</summary>
    protected CancellationTokenSource Deadline() => new(_patience, Time);

    protected async Task FailAsync(string detail)
    {
        Tally.Bad(Kind, number, detail);
        await Task.Delay(_pauseAfterFailure, Time, CancellationToken.None);
    }

    /// <summary>Half to one and a half of that time, so that clients do not keep step. Cut short by the end.</summary>
    protected async Task ThinkAsync(TimeSpan usual, CancellationToken stopping)
    {
        await Task.Delay(usual * (0.5 + _random.NextDouble()), Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected static bool IsConnectionTrouble(Exception exception) =>
        exception is IOException or SocketException or WebSocketException or OperationCanceledException or FormatException;

    protected static string Words(Exception exception) => $"{exception.GetType().Name}: {exception.Message}";
}
