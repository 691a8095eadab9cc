namespace Plimsoll.Docker;

/// <summary>
/// How long to wait before the next attempt to connect: a quarter of a second, twice as long each time, two seconds at
/// most: an engine that restarts is back within seconds, and whoever heals containers is blind until then.
/// </summary>
internal sealed class ReconnectDelay
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private TimeSpan _next = First;

    public TimeSpan Next()
    {
        var now = _next;
        _next = now * 2 < Longest ? now * 2 : Longest;
        return now;
    }

    /// <summary>A connection that carried an event, or held for a while, was a good one. One that ended at once was not.</summary>
    public void Judge(bool carriedEvent, TimeSpan held)
    {
        if (carriedEvent || held >= Longest)
        {
            _next = First;
        }
    }
}
