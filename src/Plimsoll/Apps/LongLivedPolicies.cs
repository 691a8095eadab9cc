namespace Plimsoll.Apps;

/// <summary>What becomes of WebSockets and event streams when the instance they are on is drained.</summary>
internal static class LongLivedPolicies
{
    /// <summary>They may go on until the drain time is over, as every other request may.</summary>
    public const string Drain = "drain";

    /// <summary>They are closed at once; their clients connect again and meet the new version.</summary>
    public const string Close = "close";

    public static readonly IReadOnlyList<string> All = [Drain, Close];
}
