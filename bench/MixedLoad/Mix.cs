namespace Plimsoll.Bench;

/// <summary>How many clients there are of each kind. Each has one connection.</summary>
internal sealed record Mix(int Fast, int Slow, int Upload, int Events, int WebSocket)
{
    public static Mix Usual { get; } = new(Fast: 8, Slow: 3, Upload: 3, Events: 2, WebSocket: 4);

    public int Of(TrafficKind kind) => kind switch
    {
        TrafficKind.Fast => Fast,
        TrafficKind.Slow => Slow,
        TrafficKind.Upload => Upload,
        TrafficKind.Events => Events,
        TrafficKind.WebSocket => WebSocket,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
