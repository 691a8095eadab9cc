using System.Globalization;
using System.Text;

namespace Plimsoll.EngineTests.Support;

/// <summary>Reads HTTP/1.1 answers from a connection, one after the other. An answer that ends too early is an error.</summary>
internal sealed class HttpAnswerReader(Stream stream)
{
    private const int LongestLine = 16 * 1024;
    private const int LongestBody = 64 * 1024;
    private readonly byte[] buffer = new byte[16 * 1024];
    private readonly MemoryStream body = new();
    private int position;
    private int end;

    public async Task<HttpAnswer> ReadAsync(CancellationToken cancellationToken)
    {
        var statusLine = await ReadLineAsync(cancellationToken);
        if (statusLine is not ['H', 'T', 'T', 'P', '/', '1', '.', var minor, ' ', _, _, _, ..])
        {
            throw new IOException($"Not a status line: {statusLine}");
        }

        var status = int.Parse(statusLine.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        long? length = null;
        var isChunked = false;
        var closes = minor == '0';
        while (await ReadLineAsync(cancellationToken) is { Length: > 0 } header)
        {
            var colon = header.IndexOf(':');
            var value = header[(colon + 1)..].Trim();
            switch (header[..Math.Max(colon, 0)].ToLowerInvariant())
            {
                case "content-length":
                    length = long.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
                    break;
                case "transfer-encoding":
                    isChunked = value.EndsWith("chunked", StringComparison.OrdinalIgnoreCase);
                    break;
                case "connection":
                    closes |= value.Contains("close", StringComparison.OrdinalIgnoreCase);
                    break;
            }
        }

        body.SetLength(0);
        if (isChunked)
        {
            await ReadChunksAsync(cancellationToken);
        }
        else if (length is not null)
        {
            await ReadBytesAsync(length.Value, cancellationToken);
        }
        else if (status is not (204 or 304))
        {
            closes = true;
            await ReadToEndAsync(cancellationToken);
        }

        return new HttpAnswer(status, Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length), closes);
    }

    private async Task ReadChunksAsync(CancellationToken cancellationToken)
    {
        long size;
        do
        {
            var line = await ReadLineAsync(cancellationToken);
            size = long.Parse(line.Split(';')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            await ReadBytesAsync(size, cancellationToken);
            if (size > 0)
            {
                await ReadLineAsync(cancellationToken);
            }
        }
        while (size > 0);

        while (await ReadLineAsync(cancellationToken) is { Length: > 0 })
        {
            // Trailers say nothing that is counted.
        }
    }

    private async Task ReadBytesAsync(long count, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            await FillAsync(cancellationToken);
            var taken = (int)Math.Min(count, end - position);
            Keep(taken);
            count -= taken;
        }
    }

    private async Task ReadToEndAsync(CancellationToken cancellationToken)
    {
        do
        {
            Keep(end - position);
            position = 0;
            end = await stream.ReadAsync(buffer, cancellationToken);
        }
        while (end > 0);
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            await FillAsync(cancellationToken);
            var letter = (char)buffer[position++];
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

    private void Keep(int count)
    {
        body.Write(buffer, position, (int)Math.Min(count, Math.Max(0, LongestBody - body.Length)));
        position += count;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (position == end)
        {
            position = 0;
            end = await stream.ReadAsync(buffer, cancellationToken);
            if (end == 0)
            {
                throw new IOException("The connection was closed in the middle of an exchange.");
            }
        }
    }
}
