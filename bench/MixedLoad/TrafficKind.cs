namespace Plimsoll.Bench;

internal enum TrafficKind
{
    /// <summary>GET /, answered at once.</summary>
    Fast,

    /// <summary>GET /slow, answered after two seconds.</summary>
    Slow,

    /// <summary>POST /upload of 5 MiB, sent over about a second.</summary>
    Upload,

    /// <summary>GET /events, which never ends by itself.</summary>
    Events,

    /// <summary>A WebSocket on which each message is answered.</summary>
    WebSocket,
}
