namespace Plimsoll.Bench;

/// <summary>
/// Knows which version is live, as clients can know it: the new one is live from the first answer it gave. Whoever asks after that answer has
/// come must be answered by it.
/// </summary>
internal sealed class SwitchClock(string liveVersion, TimeProvider time)
{
    // A client looks at its stream five times a second, and may look late on a busy machine.
    private static readonly TimeSpan _noticing = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _untilSeen = [];
    private string _live = liveVersion;
    private string? _coming;
    private long _liveSince = time.GetTimestamp();
    private long _began;
    private long _ended = long.MinValue;
    private volatile int _window;

    /// <summary>0 before the first switch; odd while there is one, even in between.</summary>
    public int Window => _window;

    public string Live
    {
        get
        {
            lock (_gate)
            {
                return _live;
            }
        }
    }

    /// <summary>From the webhook to the first answer of the new version, for each switch that was seen.</summary>
    public IReadOnlyList<TimeSpan> UntilSeen
    {
        get
        {
            lock (_gate)
            {
                return [.. _untilSeen];
            }
        }
    }

    /// <summary>A deployment of that version is asked for now.</summary>
    public void Begin(string version)
    {
        lock (_gate)
        {
            _coming = version;
            _began = time.GetTimestamp();
            _window++;
        }
    }

    /// <summary>The deployment is over.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = time.GetTimestamp();
            _window++;
        }
    }

    /// <summary>An answer to a request that was sent at that timestamp.</summary>
    public Freshness Judge(long sentAt, string version)
    {
        lock (_gate)
        {
            if (version == _coming)
            {
                _live = version;
                _coming = null;
                _liveSince = time.GetTimestamp();
                _untilSeen.Add(time.GetElapsedTime(_began, _liveSince));
            }

            return version == _live ? Freshness.Live
                : sentAt <= _liveSince ? Freshness.CrossedTheSwitch
                : Freshness.Stale;
        }
    }

    /// <summary>
    /// Whether a stream to that version may be ended now: only one to the version before, and only while the deployment that replaced it
    /// lasts. Says how long after the switch that is.
    /// </summary>
    public bool MayEnd(string? version, out TimeSpan afterSwitch)
    {
        lock (_gate)
        {
            afterSwitch = time.GetElapsedTime(_liveSince);
            return version is not null && version != _live && (_window % 2 == 1 || time.GetElapsedTime(_ended) < _noticing);
        }
    }
}
