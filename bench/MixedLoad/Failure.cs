namespace Plimsoll.Bench;

/// <summary>One request, or one message on a stream, that did not end well.</summary>
/// <param name="Window">Of <see cref="SwitchClock.Window"/>, when it was noticed.</param>
internal sealed record Failure(DateTimeOffset At, TrafficKind Kind, int Client, int Window, string Detail);
