using System.Runtime.CompilerServices;

namespace Plimsoll.Docker;

/// <summary>What happens in the engine, as it happens.</summary>
public sealed class EventOperations
{
    private readonly EngineConnection _connection;
    private readonly TimeProvider _time;

    internal EventOperations(EngineConnection connection, TimeProvider time)
    {
        _connection = connection;
        _time = time;
    }

    /// <summary>
    /// The events that match the filter, without end: a lost connection is made again with growing pauses (up to 2 seconds) and
    /// continued where it broke off, no event coming twice. The first item says that the connection stands, and further ones when it is lost
    /// and restored, so that a reader can look at everything again. <paramref name="since"/> also asks for past events, as far as the
    /// engine remembers (256 of them); without it they begin with the connection. Take items promptly: an engine may drop events
    /// for a reader who falls far behind, and does not say so.
    /// </summary>
    /// <exception cref="DockerVersionException">The engine is too old or too new. An engine that can not be reached is no error here.</exception>
    /// <exception cref="DockerException">The engine refuses the filter.</exception>
    public async IAsyncEnumerable<EngineEvent> WatchAsync(
        EventFilter filter, DateTimeOffset? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var bookmark = new EventBookmark(since);
        var delay = new ReconnectDelay();
        var isLost = false;
        while (true)
        {
            var (stream, problem) = await OpenAsync(filter, bookmark, cancellationToken);
            if (stream is not null)
            {
                await using (stream)
                {
                    yield return EngineEvent.Connected(again: isLost, _time.GetUtcNow());
                    isLost = false;
                    var begun = _time.GetTimestamp();
                    var reader = new EventReader(stream, bookmark);
                    while (await reader.ReadAsync(cancellationToken) is { } next)
                    {
                        yield return next;
                    }

                    delay.Judge(reader.HasRead, _time.GetElapsedTime(begun));
                    problem = reader.Problem;
                }
            }

            if (!isLost)
            {
                isLost = true;
                yield return EngineEvent.Disconnected(problem, _time.GetUtcNow());
            }

            await Task.Delay(delay.Next(), _time, cancellationToken);
        }
    }

    private async Task<(EngineStream? Stream, string Problem)> OpenAsync(
        EventFilter filter, EventBookmark bookmark, CancellationToken cancellationToken)
    {
        var path = EnginePath.To("events").With("since", bookmark.Since).With("filters", filter.ToParameter());
        try
        {
            var stream = await _connection.OpenAsync(EngineCall.Read(path, "the engine's events", "watch"), cancellationToken);
            bookmark.Begin(stream.Date ?? _time.GetUtcNow());
            return (stream, "");
        }
        catch (DockerUnavailableException e)
        {
            return (null, e.Message);
        }
        catch (DockerException e) when (e.StatusCode >= 500)
        {
            // An engine that is starting or stopping. What it refuses for good it says with a status below 500.
            return (null, e.Message);
        }
    }
}
