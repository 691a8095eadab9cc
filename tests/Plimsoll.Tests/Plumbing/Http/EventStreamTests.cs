using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plimsoll.Plumbing.Http;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Plumbing.Http;

public sealed class EventStreamTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly Channel<SseItem<string>> _items = Channel.CreateUnbounded<SseItem<string>>();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication _application = null!;
    private HttpClient _client = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(_time);
        _application = builder.Build();
        _application.MapGet("/stream", () => new EventStream(Read));
        await _application.StartAsync(Token);
        _client = new HttpClient { BaseAddress = new Uri(_application.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _application.DisposeAsync();
    }

    [Fact]
    public async Task It_begins_before_there_is_anything_to_tell()
    {
        using var answer = await _client.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead, Token);

        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/event-stream");
    }

    [Fact]
    public async Task Items_come_as_they_are_made_and_then_the_end()
    {
        using var answer = await _client.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        await _items.Writer.WriteAsync(new SseItem<string>("first", "step") { EventId = "1" }, Token);

        (await reader.ReadLineAsync(Token)).ShouldBe("event: step");
        (await reader.ReadLineAsync(Token)).ShouldBe("data: first");
        (await reader.ReadLineAsync(Token)).ShouldBe("id: 1");
        _items.Writer.Complete();
        (await reader.ReadToEndAsync(Token)).Trim().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sign_of_life_comes_when_nothing_happens()
    {
        using var answer = await _client.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        var line = reader.ReadLineAsync(Token).AsTask();
        while (!line.IsCompleted)
        {
            // The server may set its timer a moment after the answer has begun.
            _time.Advance(TimeSpan.FromSeconds(16));
            await Task.WhenAny(line, Task.Delay(20, Token));
        }

        (await line).ShouldBe(":");
    }

    [Fact]
    public async Task A_reader_who_goes_away_is_noticed()
    {
        using (await _client.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead, Token))
        {
        }

        await _ended.Task.WaitAsync(TimeSpan.FromSeconds(60), Token);
    }

    [Fact]
    public async Task It_does_not_hold_up_a_stop()
    {
        using var answer = await _client.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead, Token);

        await _application.StopAsync(Token).WaitAsync(TimeSpan.FromSeconds(20), Token);

        (await answer.Content.ReadAsStringAsync(Token)).ShouldBeEmpty("it ends, it does not break off");
    }

    private async IAsyncEnumerable<SseItem<string>> Read([EnumeratorCancellation] CancellationToken over)
    {
        while (await WaitAsync(over))
        {
            while (_items.Reader.TryRead(out var item))
            {
                yield return item;
            }
        }

        _ended.TrySetResult();
    }

    private async Task<bool> WaitAsync(CancellationToken over)
    {
        try
        {
            return await _items.Reader.WaitToReadAsync(over);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
