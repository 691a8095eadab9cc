namespace Plimsoll.Registry.Traffic;

/// <summary>What is remembered of one registry: its gate, whether it wants to be left alone, whether it is away, what it said of pulls left.</summary>
internal sealed class HostState(TimeProvider time)
{
    private static readonly TimeSpan longestCoolDown = TimeSpan.FromHours(6);
    private static readonly TimeSpan shortestCoolDown = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan firstUnasked = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan longestUnasked = TimeSpan.FromHours(1);
    private static readonly TimeSpan firstBackOff = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan longestBackOff = TimeSpan.FromMinutes(10);
    private const double Jitter = 0.25;
    private const int MostDoublings = 12;

    private readonly Lock gate = new();
    private RegistryTraffic traffic = RegistryTraffic.None;
    private DateTimeOffset limitSeenAt;
    private DateTimeOffset lastFailureAt;
    private int failures;
    private int refusals;

    public HostGate Gate { get; } = new(time);

    /// <summary>As it is at this moment: what has run out is left out.</summary>
    public RegistryTraffic Now
    {
        get
        {
            lock (gate)
            {
                var now = time.GetUtcNow();
                var cools = traffic.CoolDownUntil > now;
                return traffic with
                {
                    CoolDownUntil = cools ? traffic.CoolDownUntil : null,
                    CoolDownReason = cools ? traffic.CoolDownReason : null,
                    BackOffUntil = traffic.BackOffUntil > now ? traffic.BackOffUntil : null,
                    Limit = traffic.Limit is { Window: { } window } && limitSeenAt + window <= now ? null : traffic.Limit,
                };
            }
        }
    }

    public void Answered(RateLimit? limit)
    {
        lock (gate)
        {
            (failures, refusals) = (0, traffic.CoolDownUntil > time.GetUtcNow() ? refusals : 0);
            traffic = traffic with
            {
                BackOffUntil = null,
                LastSuccessAt = time.GetUtcNow(),
                LastProblem = traffic.CoolDownUntil > time.GetUtcNow() ? traffic.LastProblem : null,
                LastProblemAt = traffic.CoolDownUntil > time.GetUtcNow() ? traffic.LastProblemAt : null,
            };
            Keep(limit);
        }
    }

    /// <returns>The end of the cool-down where it begins with this or became longer; null when nothing changed.</returns>
    public DateTimeOffset? Refused(TimeSpan? retryAfter, string reason, RateLimit? limit)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            Keep(limit);
            var cools = traffic.CoolDownUntil > now;
            var wanted = retryAfter ?? Doubled(firstUnasked, longestUnasked, refusals);
            var length = wanted < shortestCoolDown ? shortestCoolDown : wanted > longestCoolDown ? longestCoolDown : wanted;
            traffic = traffic with { LastProblem = reason, LastProblemAt = now };

            // Requests that were on their way together come back with the same refusal.
            if (cools && (retryAfter is null || now + length <= traffic.CoolDownUntil + shortestCoolDown))
            {
                return null;
            }

            refusals += cools ? 0 : 1;
            traffic = traffic with { CoolDownUntil = now + length, CoolDownReason = reason };
            return traffic.CoolDownUntil;
        }
    }

    public void CoolDown(DateTimeOffset until, string reason)
    {
        lock (gate)
        {
            var latest = time.GetUtcNow() + longestCoolDown;
            traffic = traffic with { CoolDownUntil = until < latest ? until : latest, CoolDownReason = reason, LastProblem = reason };
        }
    }

    /// <returns>Whether there was a cool-down to end.</returns>
    public bool EndCoolDown()
    {
        lock (gate)
        {
            var cooled = traffic.CoolDownUntil > time.GetUtcNow();
            traffic = traffic with { CoolDownUntil = null, CoolDownReason = null, LastProblem = null, LastProblemAt = null };
            refusals = 0;
            return cooled;
        }
    }

    /// <param name="askedAt">Requests that were on their way together fail together, and that is one failure.</param>
    public void Failed(string problem, DateTimeOffset askedAt)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (failures == 0 || askedAt >= lastFailureAt)
            {
                var pause = Doubled(firstBackOff, longestBackOff, failures) * (1 - Jitter + (2 * Jitter * Random.Shared.NextDouble()));
                traffic = traffic with { BackOffUntil = now + pause };
                failures++;
                lastFailureAt = now;
            }

            traffic = traffic with { LastProblem = problem, LastProblemAt = now };
        }
    }

    private void Keep(RateLimit? limit)
    {
        if (limit is not null)
        {
            traffic = traffic with { Limit = limit };
            limitSeenAt = time.GetUtcNow();
        }
    }

    private static TimeSpan Doubled(TimeSpan first, TimeSpan longest, int times)
    {
        var pause = first * Math.Pow(2, Math.Min(times, MostDoublings));
        return pause < longest ? pause : longest;
    }
}
