using System.Buffers;
using System.Net.WebSockets;
using System.Text;

namespace Plimsoll.Bench.SampleApp;

/// <summary>What the application answers. Streams end when it is told to stop; all other requests are finished first.</summary>
internal sealed class Answers(string version, CancellationToken stopping, TimeProvider time)
{
    private static readonly TimeSpan _slow = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(200);
    private const int LongestMessage = 1024;

    /// <summary>"v1"</summary>
    public Task VersionAsync(HttpContext context) => AnswerAsync(context, version);

    /// <summary>"v1", after two seconds.</summary>
    public async Task SlowAsync(HttpContext context)
    {
        await Task.Delay(_slow, time, context.RequestAborted);
        await AnswerAsync(context, version);
    }

    /// <summary>"5242880 v1": how many bytes came.</summary>
    public async Task UploadAsync(HttpContext context)
    {
        var length = 0L;
        ReadOnlySequence<byte> part;
        bool isWhole;
        do
        {
            var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            part = read.Buffer;
            isWhole = read.IsCompleted;
            length += part.Length;
            context.Request.BodyReader.AdvanceTo(part.End);
        }
        while (!isWhole);

        await AnswerAsync(context, $"{length} {version}");
    }

    /// <summary>Server-sent events: "data: 1 v1", "data: 2 v1" and so on.</summary>
    public async Task EventsAsync(HttpContext context)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        using var ticks = new PeriodicTimer(_tick, time);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            for (var number = 1; ; number++)
            {
                await context.Response.WriteAsync($"data: {number} {version}\n\n", over.Token);
                await ticks.WaitForNextTickAsync(over.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The reader has left, or the application stops: the stream is over either way.
        }
    }

    /// <summary>A WebSocket that answers "1" with "1 v1".</summary>
    public async Task EchoAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[LongestMessage];
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), over.Token) is { MessageType: WebSocketMessageType.Text, EndOfMessage: true, Count: var count })
            {
                var answer = Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetString(buffer, 0, count)} {version}");
                await socket.SendAsync(answer.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, over.Token);
            }

            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, over.Token);
        }
        catch (Exception ending) when (ending is OperationCanceledException or WebSocketException)
        {
            // The client has left without a word, or the application stops.
        }
    }

    private static Task AnswerAsync(HttpContext context, string text)
    {
        context.Response.ContentType = "text/plain";
        context.Response.ContentLength = Encoding.UTF8.GetByteCount(text);
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
