namespace Plimsoll.Docker;

/// <summary>
/// Reads a stream line by line, each as soon as it is there. Lines end with LF or CRLF; empty ones are left out. A line longer than the
/// limit is an error, as its content could not be trusted when cut.
/// </summary>
internal sealed class LineReader(Stream stream, int longestLine)
{
    private byte[] _buffer = new byte[Math.Min(longestLine, 16 * 1024)];
    private int _start;
    private int _end;

    /// <summary>The next line, valid until the next call; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The line is too long.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        var searched = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                var line = Trim(_buffer.AsMemory(_start, searched + found));
                _start += searched + found + 1;
                searched = 0;
                if (line.Length > 0)
                {
                    return line;
                }

                continue;
            }

            searched = _end - _start;
            MakeRoom();
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                var rest = Trim(_buffer.AsMemory(_start, _end - _start));
                _start = _end;

                // A bare null would become an empty line here, not the end.
                return rest.Length > 0 ? rest : default(ReadOnlyMemory<byte>?);
            }

            _end += read;
        }
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> line) =>
        line.Length > 0 && line.Span[^1] == (byte)'\r' ? line[..^1] : line;

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end < _buffer.Length)
        {
            return;
        }

        if (_buffer.Length >= longestLine)
        {
            throw new InvalidDataException($"A line of the answer is longer than {longestLine} bytes.");
        }

        Array.Resize(ref _buffer, Math.Min(longestLine, _buffer.Length * 2));
    }
}
