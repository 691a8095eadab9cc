namespace Plimsoll.Edge;

/// <summary>What the router said to a request that wants in.</summary>
internal enum Entry
{
    /// <summary>The request is counted on its destination.</summary>
    Entered,

    /// <summary>No route has been applied yet (or the router is closing), so an unknown host proves nothing.</summary>
    NotReady,

    /// <summary>The host has a route, but the container behind it is not proven yet.</summary>
    NotVerified,

    /// <summary>No route names this host.</summary>
    UnknownHost,
}
