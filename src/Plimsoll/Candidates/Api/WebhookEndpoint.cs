using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Plimsoll.Apps;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Candidates.Api;

/// <summary>The door for push messages. Who knows the secret may say "look at this image", and nothing else.</summary>
internal sealed class WebhookEndpoint(SettingsStore settings, DeliveryStore deliveries, IDeploymentWatch deployments, TimeProvider time)
{
    public const int LargestBody = 1024 * 1024;
    private const long MostThrownAway = 64 * 1024 * 1024;
    private const int LongestWait = 600;

    /// <summary>Senders give up soon; within a second they get an answer, even if it is only "still asking".</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(900);

    public async Task<IResult> ReceiveAsync(HttpContext context, string secret, int? wait)
    {
        var cancellationToken = context.RequestAborted;
        if (!IsSecret(secret, await settings.WebhookSecretAsync(cancellationToken)))
        {
            return Answers.Refused(Refusal.NotFound("There is no webhook at this address."));
        }

        var body = await ReadBodyAsync(context);
        if (body.IsRefused(out var tooLarge))
        {
            return Answers.Refused(tooLarge);
        }

        var image = WebhookBody.Parse(body.Value);
        if (image.IsRefused(out var invalid))
        {
            return Answers.Refused(invalid);
        }

        var delivery = await deliveries.AddAsync(image.Value!.ToString(), Sender(context), cancellationToken);
        if (delivery is null)
        {
            context.Response.Headers.RetryAfter = "30";
            return Answers.Refused(new Refusal(AnswerCode.SlowDown, $"{DeliveryStore.MostUndecided} messages are waiting already. Try again in half a minute."));
        }

        return Answers.Ok(await AnswerAsync(delivery, wait, LongAnswer.End(context), cancellationToken), StatusCodes.Status202Accepted);
    }

    private async Task<WebhookResponse> AnswerAsync(Delivery delivery, int? wait, CancellationToken whenOver, CancellationToken cancellationToken)
    {
        var patience = wait is > 0 ? TimeSpan.FromSeconds(Math.Min(wait.Value, LongestWait)) : Patience;
        using var timer = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, whenOver);
        var decided = await WaitForDecisionAsync(delivery, wait is > 0, either.Token);
        cancellationToken.ThrowIfCancellationRequested();
        var end = wait is > 0 && decided.DeploymentId is { } id ? await deployments.WaitAsync(id, either.Token) : null;
        return new WebhookResponse(
            decided.Id,
            decided.Image,
            decided.Decision ?? "wait",
            decided.ReasonCode ?? "still-asking",
            decided.Reason ?? "The registry has not answered yet; the decision is made as soon as it does.",
            decided.DeploymentId,
            end?.State,
            end?.Reason);
    }

    /// <param name="untilFinal">A sender who waits is not content with "trying again later".</param>
    private async Task<Delivery> WaitForDecisionAsync(Delivery delivery, bool untilFinal, CancellationToken timeIsOver)
    {
        while (true)
        {
            var next = deliveries.Changed.Next;
            var now = deliveries.Find(delivery.Id) ?? delivery;
            if (now.DecidedAt is not null || (now.Decision is not null && !untilFinal) || timeIsOver.IsCancellationRequested)
            {
                return now;
            }

            await next.WaitAsync(timeIsOver).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The content type does not matter: <c>curl -d</c> sends JSON as a form.</summary>
    /// <remarks>
    /// What is too large is read on and thrown away for a while: a sender who is cut off in the middle of its body never
    /// gets to read the reason.
    /// </remarks>
    private static async Task<Outcome<ReadOnlyMemory<byte>>> ReadBodyAsync(HttpContext context)
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
            var isTooLarge = total > LargestBody;
            var buffer = collected.GetMemory(4096);
            var read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted);
            if (read == 0)
            {
                return isTooLarge ? TooLarge() : collected.WrittenMemory;
            }

            total += read;
            if (total <= LargestBody)
            {
                collected.Advance(read);
            }
        }
    }

    private static Refusal TooLarge() => new(AnswerCode.TooLarge, $"The body is larger than {LargestBody / 1024} KiB.");

    private static string Sender(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address) ? address.ToString() : "this host";

    private static bool IsSecret(string sent, string secret) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(sent)), SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
