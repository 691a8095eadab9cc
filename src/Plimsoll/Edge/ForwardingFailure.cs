namespace Plimsoll.Edge;

/// <summary>How forwarding a request ended.</summary>
internal enum ForwardingFailure
{
    None,

    /// <summary>No connection could be opened, so the instance has not seen the request.</summary>
    Unreachable,

    /// <summary>Opening a connection took too long; the instance has not seen the request either.</summary>
    ConnectTimedOut,

    /// <summary>The instance closed the connection or answered with something that is not HTTP.</summary>
    BadAnswer,

    /// <summary>Nothing was heard for as long as the activity timeout.</summary>
    TimedOut,

    /// <summary>The instance was drained and the drain's limit is over.</summary>
    Cut,

    /// <summary>The client went away or sent a broken body; there is nobody to explain anything to.</summary>
    Client,
}
