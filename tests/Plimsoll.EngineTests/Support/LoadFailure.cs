namespace Plimsoll.EngineTests.Support;

/// <summary>One request that did not end well.</summary>
/// <param name="Status">Null when there was no whole answer.</param>
public sealed record LoadFailure(DateTimeOffset At, int Connection, int? Status, string Detail);
