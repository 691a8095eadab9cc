namespace Plimsoll.Candidates.Senders;

/// <summary>Why a message to a webhook led to no look at a registry. Documented in docs/reasons.md beside the reasons of decisions.</summary>
internal static class MessageReason
{
    /// <summary>It tells of something else: a pull, a deletion, a ping.</summary>
    public const string NotAPush = "not-a-push";

    /// <summary>Something was pushed without a tag: a layer, or one platform of an image.</summary>
    public const string NoTag = "no-tag";

    /// <summary>Something was pushed that is no container image.</summary>
    public const string NotAnImage = "not-an-image";

    /// <summary>The sender is known, but what it names cannot be an image.</summary>
    public const string MessageUnusable = "message-unusable";

    /// <summary>The same event was told before.</summary>
    public const string Repeated = "repeated";

    /// <summary>The webhook is for other projects.</summary>
    public const string OutOfScope = "out-of-scope";

    /// <summary>The webhook is switched off.</summary>
    public const string WebhookOff = "webhook-off";

    /// <summary>The webhook has a signing secret, and the message no signature.</summary>
    public const string SignatureMissing = "signature-missing";

    /// <summary>The message was signed with another secret, or changed on its way.</summary>
    public const string SignatureWrong = "signature-wrong";

    /// <summary>Nobody's message, and not the simple body either.</summary>
    public const string NotUnderstood = "not-understood";

    public static IReadOnlyList<string> All { get; } =
        [NotAPush, NoTag, NotAnImage, MessageUnusable, Repeated, OutOfScope, WebhookOff, SignatureMissing, SignatureWrong, NotUnderstood];
}
