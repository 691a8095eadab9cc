using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Plimsoll.Docker;

/// <summary>
/// Where a reader of events is, so that a new connection continues there. The engine sends what is as old as the bookmark or newer, and
/// it numbers events before it puts them in order, so the newest time seen is not a clean cut: the bookmark goes back a second further, and
/// what was seen already is recognised and left out.
/// </summary>
internal sealed class EventBookmark(DateTimeOffset? since)
{
    private const long Overlap = 1_000_000_000;

    /// <summary>Four times what the engine itself remembers.</summary>
    private const int Remembered = 1024;

    private readonly HashSet<UInt128> _seen = [];
    private readonly Queue<UInt128> _order = [];
    private long? _start = since is { } time ? EngineTime.ToUnixNanoseconds(time) : null;
    private long? _newest;

    /// <summary>
    /// The parameter "since" for the next connection; null for events from now on. It does not go back beyond the reader's own beginning,
    /// unless the engine's clock did.
    /// </summary>
    public string? Since => (_start, _newest) switch
    {
        ({ } start, { } newest) => EngineTime.ToParameter(Math.Max(Math.Min(start, newest), newest - Overlap)),
        ({ } start, null) => EngineTime.ToParameter(start),
        (null, { } newest) => EngineTime.ToParameter(newest - Overlap),
        (null, null) => null,
    };

    /// <summary>Without a time to begin at, the first connection's is taken, for the case that it is lost before the first event.</summary>
    public void Begin(DateTimeOffset connected) => _start ??= EngineTime.ToUnixNanoseconds(connected);

    /// <summary>Whether this event is new. The engine repeats one with exactly the same text.</summary>
    public bool Accept(ReadOnlySpan<byte> text, long at)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        var key = BinaryPrimitives.ReadUInt128LittleEndian(hash);
        if (!_seen.Add(key))
        {
            return false;
        }

        _order.Enqueue(key);
        if (_order.Count > Remembered)
        {
            _seen.Remove(_order.Dequeue());
        }

        _newest = Math.Max(_newest ?? at, at);
        return true;
    }
}
