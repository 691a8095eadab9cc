namespace Plimsoll.Bench;

/// <summary>Durations from 10 µs to over a minute in steps of two per cent: bounded, however many there are. Not safe for several threads.</summary>
internal sealed class LatencyHistogram
{
    private const double Shortest = 0.01;
    private const double Step = 1.02;
    private readonly long[] _counts = new long[800];

    public long Count { get; private set; }

    public double LongestMilliseconds { get; private set; }

    public void Add(TimeSpan took)
    {
        var milliseconds = took.TotalMilliseconds;
        var step = (int)Math.Ceiling(Math.Log(Math.Max(milliseconds, Shortest) / Shortest, Step));
        _counts[Math.Min(step, _counts.Length - 1)]++;
        Count++;
        LongestMilliseconds = Math.Max(LongestMilliseconds, milliseconds);
    }

    /// <param name="share">0.99 for the time that 99 of 100 did not exceed.</param>
    /// <returns>0 when there are none.</returns>
    public double Milliseconds(double share)
    {
        var wanted = (long)Math.Ceiling(Count * share);
        var seen = 0L;
        for (var step = 0; step < _counts.Length && wanted > 0; step++)
        {
            seen += _counts[step];
            if (seen >= wanted)
            {
                return Math.Min(Shortest * Math.Pow(Step, step), LongestMilliseconds);
            }
        }

        return 0;
    }
}
