namespace Plimsoll.Bench;

/// <summary>What the load saw from beginning to end.</summary>
/// <param name="FirstFailures">At most 20.</param>
/// <param name="EarliestEnd">The shortest time that a stream to the old version was left open after a switch; null when none was ended.</param>
internal sealed record LoadResult(
    Mix Mix,
    IReadOnlyDictionary<TrafficKind, Counts> Kinds,
    IReadOnlyList<Failure> FirstFailures,
    LatencyHistogram DuringSwitches,
    LatencyHistogram BetweenSwitches,
    TimeSpan? EarliestEnd)
{
    public long Failed => Kinds.Values.Sum(counts => counts.Failed);
}
