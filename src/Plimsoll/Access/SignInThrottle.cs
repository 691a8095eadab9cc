using System.Net;
using System.Net.Sockets;

namespace Plimsoll.Access;

/// <summary>
/// Five failures in a minute close the door for that name from that address until the minute is over. Never for the name
/// alone: whoever guesses must not be able to lock the owner out. A success in between wipes nothing away, or a script that
/// signs in all the time would give everybody behind its address a fresh start.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    public const int MostFailures = 5;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private const int MostPairs = 10_000;
    private const int LongestName = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<Pair, Failures> _failures = [];

    /// <summary>How many pairs are remembered; never more than 10,000.</summary>
    public int Pairs
    {
        get
        {
            lock (_lock)
            {
                return _failures.Count;
            }
        }
    }

    /// <summary>How long the door stays closed, or null when it is open.</summary>
    public TimeSpan? ClosedFor(string name, IPAddress? address)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            return _failures.TryGetValue(PairOf(name, address), out var failures) && failures.Count >= MostFailures && failures.Since + Window > now
                ? failures.Since + Window - now
                : null;
        }
    }

    public void CountFailure(string name, IPAddress? address)
    {
        var pair = PairOf(name, address);
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (_failures.TryGetValue(pair, out var failures) && failures.Since + Window > now)
            {
                _failures[pair] = failures with { Count = failures.Count + 1 };
                return;
            }

            if (_failures.Count >= MostPairs)
            {
                MakeRoom_NeedsLock(now);
            }

            _failures[pair] = new Failures(1, now);
        }
    }

    /// <summary>The oldest go first: their minute is over soonest. A tenth at once, so that a flood does not sort on each failure.</summary>
    private void MakeRoom_NeedsLock(DateTimeOffset now)
    {
        foreach (var (pair, failures) in _failures.OrderBy(entry => entry.Value.Since).ToList())
        {
            if (failures.Since + Window > now && _failures.Count <= MostPairs - (MostPairs / 10))
            {
                return;
            }

            _failures.Remove(pair);
        }
    }

    private static Pair PairOf(string name, IPAddress? address) =>
        new((name.Length > LongestName ? name[..LongestName] : name).ToUpperInvariant(), NetworkOf(address));

    /// <summary>An IPv6 subscriber has 2^64 addresses to guess from, so the network counts as one.</summary>
    private static string NetworkOf(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    private readonly record struct Pair(string Name, string Network);

    private readonly record struct Failures(int Count, DateTimeOffset Since);
}
