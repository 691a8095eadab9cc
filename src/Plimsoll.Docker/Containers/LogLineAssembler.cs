using System.Runtime.InteropServices;
using System.Text;

namespace Plimsoll.Docker;

/// <summary>
/// Puts the lines of one stream together from what the engine sends: messages of up to 16 KiB, each with its own time when times are asked
/// for. A longer line is several messages, so the time stands in the middle of it and is taken out there.
/// </summary>
internal sealed class LogLineAssembler(LogStream stream, bool hasTimes, int longestLine)
{
    // "2026-11-21T03:00:53.380505190Z " with a zone of another form somewhat longer.
    private const int LongestTime = 40;

    private readonly List<byte> _line = [];
    private DateTimeOffset? _at;
    private bool _isAtStart = true;
    private ReadOnlyMemory<byte> _held;

    /// <summary>Adds bytes. With <paramref name="beginsMessage"/> they begin with a time of their own.</summary>
    public IEnumerable<LogLine> Add(ReadOnlyMemory<byte> bytes, bool beginsMessage)
    {
        var isFirst = beginsMessage;
        bytes = Unhold(bytes);
        while (bytes.Length > 0)
        {
            if (hasTimes && (isFirst || _isAtStart))
            {
                if (!beginsMessage && IsTimeCutShort(bytes.Span))
                {
                    _held = bytes.ToArray();
                    yield break;
                }

                bytes = bytes[TakeTime(bytes.Span)..];
            }

            isFirst = false;
            _isAtStart = false;
            var end = bytes.Span.IndexOf((byte)'\n');
            foreach (var piece in Append(end < 0 ? bytes : bytes[..end]))
            {
                yield return piece;
            }

            if (end < 0)
            {
                yield break;
            }

            yield return Finish();
            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>Ends a line that has no line end; null when there is none.</summary>
    public LogLine? End()
    {
        if (_held.Length > 0)
        {
            _line.AddRange(Unhold(default).Span);
            _isAtStart = false;
        }

        return _isAtStart ? null : Finish();
    }

    private IEnumerable<LogLine> Append(ReadOnlyMemory<byte> bytes)
    {
        while (_line.Count + bytes.Length > longestLine)
        {
            var room = longestLine - _line.Count;
            _line.AddRange(bytes.Span[..room]);
            bytes = bytes[room..];
            var whole = WholeCharacters();
            yield return new LogLine(stream, Text(whole), _at, Continues: true);
            _line.RemoveRange(0, whole);
        }

        _line.AddRange(bytes.Span);
    }

    private LogLine Finish()
    {
        var length = _line.Count > 0 && _line[^1] == (byte)'\r' ? _line.Count - 1 : _line.Count;
        var line = new LogLine(stream, Text(length), _at);
        _line.Clear();
        _at = null;
        _isAtStart = true;
        return line;
    }

    private string Text(int length) => Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(_line)[..length]);

    /// <summary>How many bytes may go without cutting a character of several bytes in two.</summary>
    private int WholeCharacters()
    {
        var last = _line.Count - 1;
        while (last > 0 && last > _line.Count - 4 && (_line[last] & 0xC0) == 0x80)
        {
            last--;
        }

        return last > 0 && _line[last] >= 0xC0 ? last : _line.Count;
    }

    // Without messages the bytes come as the network cuts them, which may be in the middle of a time.
    private static bool IsTimeCutShort(ReadOnlySpan<byte> bytes) => bytes.Length < LongestTime && bytes.IndexOfAny((byte)' ', (byte)'\n') < 0;

    private ReadOnlyMemory<byte> Unhold(ReadOnlyMemory<byte> bytes)
    {
        if (_held.Length == 0)
        {
            return bytes;
        }

        byte[] both = [.. _held.Span, .. bytes.Span];
        _held = default;
        return both;
    }

    private int TakeTime(ReadOnlySpan<byte> bytes)
    {
        var space = bytes[..Math.Min(bytes.Length, LongestTime)].IndexOf((byte)' ');
        if (space <= 0 || EngineTime.Parse(Encoding.ASCII.GetString(bytes[..space])) is not { } time)
        {
            return 0;
        }

        _at ??= time;
        return space + 1;
    }
}
