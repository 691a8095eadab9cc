using System.Globalization;
using System.Text;

namespace Plimsoll.Bench;

/// <summary>Reads HTTP/1.1 answers from a connection, one after the other. An answer that ends too early is an <see cref="IOException"/>.</summary>
internal sealed class AnswerReader(Stream stream)
{
    private const int LongestLine = 16 * 1024;
    private const int LongestPart = 64 * 1024;
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _position;
    private int _end;

    /// <summary>Whether something was received that nobody has asked for yet.</summary>
    public bool HasMore => _position < _end;

    public async Task<AnswerHead> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var line = await ReadLineAsync(cancellationToken);
        if (line is not ['H', 'T', 'T', 'P', '/', '1', '.', var minor, ' ', _, _, _, ..])
        {
            throw new IOException($"Not a status line: {line}");
        }

        var head = new AnswerHead(int.Parse(line.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture), null, IsChunked: false, minor == '0');
        while (await ReadLineAsync(cancellationToken) is { Length: > 0 } header)
        {
            var colon = Math.Max(header.IndexOf(':'), 0);
            var value = header[(colon + 1)..].Trim();
            head = header[..colon].ToLowerInvariant() switch
            {
                "content-length" => head with { Length = long.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture) },
                "transfer-encoding" => head with { IsChunked = value.EndsWith("chunked", StringComparison.OrdinalIgnoreCase) },
                "connection" => head with { ClosesConnection = head.ClosesConnection || value.Contains("close", StringComparison.OrdinalIgnoreCase) },
                _ => head,
            };
        }

        return head;
    }

    public async Task<string> ReadBodyAsync(AnswerHead head, CancellationToken cancellationToken)
    {
        if (!head.IsChunked)
        {
            return await ReadTextAsync(head.Length ?? throw new IOException("The answer says neither how long it is nor that it comes in chunks."), cancellationToken);
        }

        var body = new StringBuilder();
        while (await ReadChunkAsync(cancellationToken) is { } chunk && body.Length < LongestPart)
        {
            body.Append(chunk);
        }

        return body.ToString();
    }

    /// <returns>Null after the last chunk.</returns>
    public async Task<string?> ReadChunkAsync(CancellationToken cancellationToken)
    {
        var size = long.Parse((await ReadLineAsync(cancellationToken)).Split(';')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var text = await ReadTextAsync(size, cancellationToken);
        while (await ReadLineAsync(cancellationToken) is { Length: > 0 })
        {
            // Trailers, which only the last chunk can have, say nothing that is counted.
        }

        return size == 0 ? null : text;
    }

    private async Task<string> ReadTextAsync(long length, CancellationToken cancellationToken)
    {
        if (length > LongestPart)
        {
            throw new IOException($"{length} bytes are more than the application ever answers.");
        }

        var text = new byte[length];
        for (var have = 0; have < length;)
        {
            await FillAsync(cancellationToken);
            var taken = (int)Math.Min(length - have, _end - _position);
            _buffer.AsSpan(_position, taken).CopyTo(text.AsSpan(have));
            _position += taken;
            have += taken;
        }

        return Encoding.UTF8.GetString(text);
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            await FillAsync(cancellationToken);
            var letter = (char)_buffer[_position++];
            if (letter == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append(letter);
            if (line.Length > LongestLine)
            {
                throw new IOException("A line of the answer's head is too long.");
            }
        }
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (HasMore)
        {
            return;
        }

        _position = 0;
        _end = await stream.ReadAsync(_buffer, cancellationToken);
        if (_end == 0)
        {
            throw new IOException("The connection was closed in the middle of an exchange.");
        }
    }
}
