namespace Plimsoll.Bench;

/// <summary>What happened to one kind of traffic.</summary>
internal sealed record Counts
{
    /// <summary>Requests that have ended, well or not. A stream is one request.</summary>
    public long Requests { get; init; }

    /// <summary>Ticks received, or messages sent and answered.</summary>
    public long Messages { get; init; }

    public long Failed { get; init; }

    /// <summary>Finished by the old version after the new one had been seen.</summary>
    public long Crossed { get; init; }

    /// <summary>Streams to the old version that were ended after the switch with a proper close or the end of the body.</summary>
    public long Closed { get; init; }

    /// <summary>The same, with an abort of the connection.</summary>
    public long Aborted { get; init; }

    public long ConnectionsOpened { get; init; }
}
