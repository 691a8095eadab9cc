namespace Plimsoll.Bench;

/// <summary>How an answer's version fits with what was known when its request was sent.</summary>
internal enum Freshness
{
    /// <summary>The version that is live.</summary>
    Live,

    /// <summary>The version before; but the request was sent before anybody had seen the new one: it crossed the switch and was finished.</summary>
    CrossedTheSwitch,

    /// <summary>Sent when the new version had been seen already, and yet answered by another one.</summary>
    Stale,
}
