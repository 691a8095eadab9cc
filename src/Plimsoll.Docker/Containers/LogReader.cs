using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Plimsoll.Docker;

/// <summary>
/// Reads a container's log. Without a terminal the engine sends both streams in one, each message after a head of eight bytes: the stream,
/// three zeros, the length. With a terminal the bytes come as they are.
/// </summary>
internal sealed class LogReader(Stream source, LogRequest request)
{
    private const int HeadLength = 8;

    /// <summary>The engine cuts messages at this length. A shorter one without a line end ends a line: the program ended there.</summary>
    private const int FullMessage = 16 * 1024;

    private readonly LogLineAssembler _output = new(LogStream.Output, request.Timestamps, request.LongestLine);
    private readonly LogLineAssembler _error = new(LogStream.Error, request.Timestamps, request.LongestLine);
    private readonly byte[] _buffer = new byte[2 * FullMessage];

    public async IAsyncEnumerable<LogLine> ReadPlainAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await source.ReadAsync(_buffer, cancellationToken) is > 0 and var read)
        {
            foreach (var line in _output.Add(_buffer.AsMemory(0, read), beginsMessage: false))
            {
                yield return line;
            }
        }

        if (_output.End() is { } last)
        {
            yield return last;
        }
    }

    public async IAsyncEnumerable<LogLine> ReadMultiplexedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await source.ReadAtLeastAsync(_buffer.AsMemory(0, HeadLength), HeadLength, throwOnEndOfStream: false, cancellationToken) is > 0 and var read)
        {
            if (read < HeadLength)
            {
                throw new InvalidDataException("The log ends in the middle of a message's head.");
            }

            var length = BinaryPrimitives.ReadUInt32BigEndian(_buffer.AsSpan(4, 4));
            var kind = _buffer[0];
            await foreach (var line in ReadMessageAsync(kind, length, cancellationToken))
            {
                yield return line;
            }
        }

        foreach (var rest in new[] { _output.End(), _error.End() })
        {
            if (rest is not null)
            {
                yield return rest;
            }
        }
    }

    private async IAsyncEnumerable<LogLine> ReadMessageAsync(byte kind, uint length, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var assembler = kind switch
        {
            0 or 1 => _output,
            2 => _error,
            3 => null,
            _ => throw new InvalidDataException($"The log has a message of the unknown kind {kind}."),
        };
        var remaining = (long)length;
        for (var isFirst = true; remaining > 0; isFirst = false)
        {
            var part = _buffer.AsMemory(0, (int)Math.Min(remaining, _buffer.Length));
            await source.ReadExactlyAsync(part, cancellationToken);
            remaining -= part.Length;
            if (assembler is null)
            {
                throw new InvalidDataException(Encoding.UTF8.GetString(part.Span).Trim());
            }

            foreach (var line in assembler.Add(part, isFirst))
            {
                yield return line;
            }
        }

        if (length < FullMessage && assembler?.End() is { } unended)
        {
            yield return unended;
        }
    }
}
