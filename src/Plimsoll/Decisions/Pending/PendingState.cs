namespace Plimsoll.Decisions.Pending;

/// <summary>Where a question to a person stands.</summary>
internal enum PendingState
{
    Open,
    Approved,
    Declined,

    /// <summary>Something newer took its place, or it was deployed in another way.</summary>
    Superseded,

    /// <summary>It is no longer possible or no longer needed.</summary>
    Expired,
}
