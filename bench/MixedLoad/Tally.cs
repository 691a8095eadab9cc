namespace Plimsoll.Bench;

/// <summary>The counts of all clients.</summary>
internal sealed class Tally(SwitchClock switches, TimeProvider time)
{
    private const int FailuresKept = 20;
    private const int LongestDetail = 300;
    private readonly Lock _gate = new();
    private readonly Dictionary<TrafficKind, Counts> _counts = Enum.GetValues<TrafficKind>().ToDictionary(kind => kind, _ => new Counts());
    private readonly List<Failure> _failures = [];
    private readonly LatencyHistogram _during = new();
    private readonly LatencyHistogram _between = new();
    private TimeSpan? _earliestEnd;

    public void Opened(TrafficKind kind) => Change(kind, counts => counts with { ConnectionsOpened = counts.ConnectionsOpened + 1 });

    public void Crossed(TrafficKind kind) => Change(kind, counts => counts with { Crossed = counts.Crossed + 1 });

    public void Good(TrafficKind kind) => Change(kind, counts => counts with { Requests = counts.Requests + 1 });

    public void Message(TrafficKind kind) => Change(kind, counts => counts with { Messages = counts.Messages + 1 });

    public void Bad(TrafficKind kind, int client, string detail)
    {
        var failure = new Failure(time.GetUtcNow(), kind, client, switches.Window, detail.Length > LongestDetail ? detail[..LongestDetail] : detail);
        lock (_gate)
        {
            _counts[kind] = _counts[kind] with { Requests = _counts[kind].Requests + 1, Failed = _counts[kind].Failed + 1 };
            if (_failures.Count < FailuresKept)
            {
                _failures.Add(failure);
            }
        }
    }

    /// <summary>A stream to the old version was ended so long after the switch.</summary>
    public void Ended(TrafficKind kind, bool wasClosed, TimeSpan afterSwitch)
    {
        lock (_gate)
        {
            var counts = _counts[kind];
            _counts[kind] = counts with
            {
                Requests = counts.Requests + 1,
                Closed = counts.Closed + (wasClosed ? 1 : 0),
                Aborted = counts.Aborted + (wasClosed ? 0 : 1),
            };
            _earliestEnd = _earliestEnd < afterSwitch ? _earliestEnd : afterSwitch;
        }
    }

    /// <summary>A fast answer. What comes before the first switch warms up and is left out.</summary>
    public void Took(TimeSpan took, int windowAtStart)
    {
        var window = switches.Window;
        if (window == 0)
        {
            return;
        }

        lock (_gate)
        {
            (window == windowAtStart && window % 2 == 0 ? _between : _during).Add(took);
        }
    }

    public LoadResult Result(Mix mix)
    {
        lock (_gate)
        {
            return new LoadResult(mix, new Dictionary<TrafficKind, Counts>(_counts), [.. _failures], _during, _between, _earliestEnd);
        }
    }

    private void Change(TrafficKind kind, Func<Counts, Counts> change)
    {
        lock (_gate)
        {
            _counts[kind] = change(_counts[kind]);
        }
    }
}
