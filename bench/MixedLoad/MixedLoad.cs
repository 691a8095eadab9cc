namespace Plimsoll.Bench;

/// <summary>All clients, from the start until they are stopped.</summary>
internal sealed class MixedLoad : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Mix _mix;
    private readonly Tally _tally;
    private readonly Task _clients;

    private MixedLoad(Target target, string liveVersion, Mix mix, TimeProvider time)
    {
        _mix = mix;
        Switches = new SwitchClock(liveVersion, time);
        _tally = new Tally(Switches, time);
        var number = 0;
        _clients = Task.WhenAll(Enum.GetValues<TrafficKind>()
            .SelectMany(kind => Enumerable.Repeat(kind, mix.Of(kind)))
            .Select(kind => Client(kind, ++number, target, time))
            .Select(client => Task.Run(() => client.RunAsync(_stopping.Token))));
    }

    /// <summary>To be told when a deployment begins and ends.</summary>
    public SwitchClock Switches { get; }

    /// <param name="liveVersion">What the application answers now.</param>
    public static MixedLoad Start(Target target, string liveVersion, Mix mix, TimeProvider time) => new(target, liveVersion, mix, time);

    public LoadResult Result() => _tally.Result(_mix);

    /// <summary>Lets every request that is under way come to its end.</summary>
    public async Task<LoadResult> StopAsync()
    {
        await _stopping.CancelAsync();
        await _clients;
        return Result();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }

    private TrafficClient Client(TrafficKind kind, int number, Target target, TimeProvider time) => kind switch
    {
        TrafficKind.Events => new EventClient(number, target, _tally, Switches, time),
        TrafficKind.WebSocket => new WebSocketClient(number, target, _tally, Switches, time),
        _ => new RequestClient(kind, number, target, _tally, Switches, time),
    };
}
