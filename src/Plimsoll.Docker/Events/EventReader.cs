using System.Text.Json;

namespace Plimsoll.Docker;

/// <summary>Reads the events of one connection until it ends, and then says why.</summary>
internal sealed class EventReader(Stream stream, EventBookmark bookmark)
{
    private const int LongestLine = 1024 * 1024;

    private readonly LineReader _lines = new(stream, LongestLine);

    public string Problem { get; private set; } = "";

    public bool HasRead { get; private set; }

    /// <summary>The next event that was not seen before; null when the connection is of no more use.</summary>
    public async Task<EngineEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _lines.ReadAsync(cancellationToken) is { } text)
            {
                if (JsonSerializer.Deserialize(text.Span, WireJson.Default.EventLine) is { } line && bookmark.Accept(text.Span, line.At))
                {
                    HasRead = true;
                    return EngineEvent.From(line);
                }
            }

            Problem = "The engine ended the stream of events.";
        }
        catch (DockerUnavailableException e)
        {
            Problem = e.Message;
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            Problem = $"The engine's events can not be read: {e.Message}";
        }

        return null;
    }
}
