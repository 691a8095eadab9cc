using Plimsoll.Apps;

namespace Plimsoll.Deployments.Readiness;

/// <summary>
/// What was seen so far of a candidate that has to prove itself. One success is luck: as many as the project wants are
/// needed in a row, an interval apart. Begins anew with each start of the candidate; a crash of Plimsoll forgets it, which
/// costs time and nothing else.
/// </summary>
/// <param name="AskedAt">When the candidate was last asked.</param>
/// <param name="Standing">What that leads to.</param>
/// <param name="LastProbe">What it answered last, also when that was before it broke.</param>
internal sealed record Probation(int Successes, DateTimeOffset? AskedAt, ReadinessFinding Standing, string? LastProbe)
{
    public static readonly Probation Begun = new(0, null, new ReadinessFinding.NotYet("nobody has looked yet"), null);

    private static readonly TimeSpan BetweenSuccesses = TimeSpan.FromSeconds(1);

    /// <summary>Whether it is time to ask. A clock that was set back must not stop the questions.</summary>
    public bool IsDue(HealthProof proof, DateTimeOffset now) =>
        AskedAt is not { } last || now < last || now - last >= Interval(proof) * 0.9; // Timers are not exact to the last tenth.

    public Probation After(ReadinessFinding seen, HealthProof proof, DateTimeOffset now)
    {
        var successes = seen is ReadinessFinding.Ready ? Successes + 1 : 0;
        var standing = seen is ReadinessFinding.Ready && successes < proof.Successes
            ? new ReadinessFinding.NotYet($"it was found well {successes} of {proof.Successes} times in a row") { Probe = seen.Probe }
            : seen;
        return new Probation(successes, now, standing, seen.Probe ?? LastProbe);
    }

    /// <summary>The engine itself says that it is not well; nobody needed to ask the candidate.</summary>
    public Probation Refused(ReadinessFinding byTheEngine) =>
        this with { Successes = 0, Standing = byTheEngine, LastProbe = byTheEngine.Probe ?? LastProbe };

    private TimeSpan Interval(HealthProof proof) =>
        proof.IntervalSeconds is { } seconds ? TimeSpan.FromSeconds(seconds)
        : Successes > 0 ? BetweenSuccesses
        : TimeSpan.Zero;
}
