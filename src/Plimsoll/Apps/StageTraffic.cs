namespace Plimsoll.Apps;

/// <summary>What the built-in proxy does with a stage's new requests. Requests under way are touched by none of it.</summary>
internal enum StageTraffic
{
    /// <summary>They go to the live instance.</summary>
    Open,

    /// <summary>They wait, bounded in number and time; once the time is over they are refused until somebody resumes the stage.</summary>
    Paused,

    /// <summary>They get a page that asks them to come back later.</summary>
    Maintenance,
}
