namespace Plimsoll.Edge;

internal enum PassageKind
{
    /// <summary>The stage is open, from the beginning or by now.</summary>
    Through,

    /// <summary>The stage is paused and as many requests wait as may.</summary>
    QueueFull,

    /// <summary>The stage is still paused and the time for waiting is over.</summary>
    TimeOver,

    Maintenance,

    /// <summary>The client has gone, or the proxy stops.</summary>
    GivenUp,
}
