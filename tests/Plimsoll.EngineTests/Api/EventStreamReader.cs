using System.Net.ServerSentEvents;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Api;

/// <summary>One open stream of server-sent events.</summary>
internal sealed class EventStreamReader : IAsyncDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private EventStreamReader(HttpResponseMessage answer, Stream body, CancellationToken cancellationToken)
    {
        _answer = answer;
        _items = SseParser.Create(body).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
    }

    /// <summary>Returns when the server has said yes, not only when there is something to tell.</summary>
    public static async Task<EventStreamReader> OpenAsync(HttpClient caller, string path, long? lastEventId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is { } id)
        {
            request.Headers.Add("Last-Event-ID", id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        var answer = await caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        answer.EnsureSuccessStatusCode().Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new EventStreamReader(answer, await answer.Content.ReadAsStreamAsync(cancellationToken), cancellationToken);
    }

    public async Task<SseItem<string>?> NextAsync() =>
        await _items.MoveNextAsync().AsTask().WaitAsync(PlimsollSteps.Patience) ? _items.Current : null;

    public async Task<IReadOnlyList<SseItem<string>>> TakeAsync(int count)
    {
        var items = new List<SseItem<string>>();
        while (items.Count < count && await NextAsync() is { } item)
        {
            items.Add(item);
        }

        return items;
    }

    /// <summary>The first item of that kind; null: the answer ended before it.</summary>
    public async Task<SseItem<string>?> TakeUntilAsync(Predicate<SseItem<string>> isWanted)
    {
        while (await NextAsync() is { } item)
        {
            if (isWanted(item))
            {
                return item;
            }
        }

        return null;
    }

    public ValueTask DisposeAsync()
    {
        // A read that is still under way keeps the enumerator; the end of the answer ends both.
        _answer.Dispose();
        return ValueTask.CompletedTask;
    }
}
