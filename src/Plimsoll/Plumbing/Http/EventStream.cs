using System.Net.ServerSentEvents;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Plimsoll.Plumbing.Http;

/// <summary>
/// Server-sent events that begin at once, before there is anything to tell, and say a word when nothing happens for a
/// while: a browser shows "connected" only when the answer has begun, proxies close what is silent, and a reader who
/// went away is noticed only by writing to them.
/// </summary>
/// <param name="read">Gives the items until the token says that the answer is over; then it ends without an error.</param>
internal sealed class EventStream(Func<CancellationToken, IAsyncEnumerable<SseItem<string>>> read) : IResult
{
    public const string ContentType = "text/event-stream";

    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);
    private static readonly byte[] SignOfLife = Encoding.UTF8.GetBytes(":\n\n");

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-cache,no-store";
        // nginx would keep it back otherwise.
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await response.Body.FlushAsync(httpContext.RequestAborted);
        await WriteAsync(response.Body, httpContext.RequestServices.GetRequiredService<TimeProvider>(), LongAnswer.End(httpContext), httpContext.RequestAborted);
    }

    private async Task WriteAsync(Stream body, TimeProvider time, CancellationToken over, CancellationToken gone)
    {
        await using var items = read(over).GetAsyncEnumerator(over);
        var next = items.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                await ((Task)next).WaitAsync(LongestSilence, time, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!next.IsCompleted)
                {
                    await body.WriteAsync(SignOfLife, gone);
                    await body.FlushAsync(gone);
                    continue;
                }

                if (!await next)
                {
                    return;
                }

                await SseFormatter.WriteAsync(Only(items.Current), body, gone);
                next = items.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // The items may not be disposed while they are being read; the reader has heard of the end as well.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async IAsyncEnumerable<SseItem<string>> Only(SseItem<string> item)
    {
        await Task.CompletedTask;
        yield return item;
    }
}
