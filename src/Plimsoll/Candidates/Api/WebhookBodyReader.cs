using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Plimsoll.Candidates.Senders;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Candidates.Api;

/// <summary>Reads what a sender sends, up to a limit.</summary>
/// <remarks>
/// What is too large is read on and thrown away for a while: a sender who is cut off in the middle of its body never
/// gets to read the reason.
/// </remarks>
internal static class WebhookBodyReader
{
    private const long MostThrownAway = 64 * 1024 * 1024;

    public static async Task<Outcome<ReadOnlyMemory<byte>>> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MostThrownAway;
        }

        if (context.Request.ContentLength > MostThrownAway)
        {
            return TooLarge();
        }

        var collected = new ArrayBufferWriter<byte>(4096);
        var total = 0L;
        while (true)
        {
            var isTooLarge = total > PushReader.LargestMessage;
            var buffer = collected.GetMemory(4096);
            var read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted);
            if (read == 0)
            {
                return isTooLarge ? TooLarge() : collected.WrittenMemory;
            }

            total += read;
            if (total <= PushReader.LargestMessage)
            {
                collected.Advance(read);
            }
        }
    }

    private static Refusal TooLarge() => new(AnswerCode.TooLarge, $"The body is larger than {PushReader.LargestMessage / 1024} KiB.");
}
