using System.Net;
using System.Text;
using Plimsoll.Access;
using Plimsoll.Candidates.Hooks;
using Plimsoll.Candidates.Senders;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Candidates.Api;

/// <summary>The door for push messages. Who knows the address may say "look at this image", and nothing else.</summary>
internal sealed class WebhookEndpoint(WebhookStore webhooks, WebhookIntake intake, WebhookAnswers answers) : IDisposable
{
    /// <summary>A message of this size is large: what reading it takes is many times as much, so few are read at once.</summary>
    private const int Large = 256 * 1024;

    private const int LargeSideBySide = 2;
    private readonly SemaphoreSlim _large = new(LargeSideBySide, LargeSideBySide);

    public async Task<IResult> ReceiveAsync(HttpContext context, string secret, int? wait)
    {
        if (webhooks.FindBySecret(secret) is not { } webhook)
        {
            return NoWebhook();
        }

        var body = await WebhookBodyReader.ReadAsync(context);
        var inAddress = InAddress(context);
        if (body.IsRefused(out var tooLarge))
        {
            return await RefuseAsync(context, webhook, Received(context, default), SenderKind.Simple, tooLarge, Ignored.Unusable(tooLarge.Message));
        }

        return await TakeAsync(context, webhook, Received(context, body.Value.IsEmpty && inAddress is { } sent ? sent : body.Value), wait);
    }

    /// <summary>Gitea can send its messages this way. Without one the address only says what it is.</summary>
    public async Task<IResult> ReceiveInAddressAsync(HttpContext context, string secret, int? wait)
    {
        if (webhooks.FindBySecret(secret) is not { } webhook)
        {
            return NoWebhook();
        }

        if (InAddress(context) is { } payload)
        {
            return await TakeAsync(context, webhook, Received(context, payload), wait);
        }

        context.Response.Headers.Allow = "POST";
        return Answers.Refused(new Refusal(AnswerCode.WrongMethod, "This is the address of a webhook, and it works: send messages to it with POST."));
    }

    public void Dispose() => _large.Dispose();

    private async Task<IResult> TakeAsync(HttpContext context, Webhook webhook, ReceivedMessage received, int? wait)
    {
        if (webhook.SigningSecret is { } signing && Signature.Check(received, signing) is not SignatureVerdict.Valid and var verdict)
        {
            var why = Explain(verdict);
            return await RefuseAsync(context, webhook, received, GuessSender(received), new Refusal(AnswerCode.NotSignedIn, why.Reason), why);
        }

        var reading = await ReadAsync(received, webhook, context.RequestAborted);
        if (reading.Refusal is { } refusal)
        {
            return await RefuseAsync(context, webhook, received, reading.Sender, refusal, new Ignored(MessageReason.NotUnderstood, refusal.Message));
        }

        if (await intake.TakeAsync(webhook, received, reading, Origin(context), context.RequestAborted) is not { } message)
        {
            context.Response.Headers.RetryAfter = "30";
            return Answers.Refused(InboxIsFull);
        }

        return Answers.Ok(await answers.WaitAsync(message, wait, LongAnswer.End(context), context.RequestAborted), StatusCodes.Status202Accepted);
    }

    public static Refusal InboxIsFull { get; } = new(AnswerCode.SlowDown, $"{DeliveryStore.MostUndecided} messages are waiting already. Try again in half a minute.");

    private async Task<PushReading> ReadAsync(ReceivedMessage received, Webhook webhook, CancellationToken cancellationToken)
    {
        if (received.Json.Length < Large)
        {
            return PushReader.Read(received.ToPushMessage(), webhook.Registry);
        }

        await _large.WaitAsync(cancellationToken);
        try
        {
            return PushReader.Read(received.ToPushMessage(), webhook.Registry);
        }
        finally
        {
            _large.Release();
        }
    }

    private async Task<IResult> RefuseAsync(HttpContext context, Webhook webhook, ReceivedMessage received, string sender, Refusal refusal, Ignored why)
    {
        await intake.RefuseAsync(webhook, received, sender, Origin(context), refusal.Status, why, context.RequestAborted);
        return Answers.Refused(refusal);
    }

    private static Ignored Explain(SignatureVerdict verdict) => verdict == SignatureVerdict.Missing
        ? new Ignored(
            MessageReason.SignatureMissing,
            "This webhook has a signing secret, and the message is not signed. Write the same secret into the sender's webhook, or send it as 'Authorization: Bearer …'.")
        : new Ignored(MessageReason.SignatureWrong, "The signature does not fit: the sender has another secret than this webhook, or the message was changed on its way.");

    /// <summary>Only by its headers: what is not signed is not read.</summary>
    private static string GuessSender(ReceivedMessage received) =>
        GiteaPackage.Recognise(received.ToPushMessage()) ?? (received.Headers.ContainsKey("X-GitHub-Event") ? SenderKind.GitHub : SenderKind.Simple);

    private static ReceivedMessage Received(HttpContext context, ReadOnlyMemory<byte> raw) => new(context.Request.Method, KeptHeaders.Of(context.Request.Headers), raw);

    private static ReadOnlyMemory<byte>? InAddress(HttpContext context) =>
        context.Request.Query["payload"].ToString() is { Length: > 0 } payload ? new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(payload)) : (ReadOnlyMemory<byte>?)null;

    private static MessageOrigin Origin(HttpContext context) => new(
        context.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address) ? ClientAddress.Text(address) : "this host");

    private static IResult NoWebhook() => Answers.Refused(Refusal.NotFound("There is no webhook at this address."));
}
