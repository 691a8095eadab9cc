namespace Plimsoll.Candidates.Senders;

/// <summary>Why a message, or an event in it, points at no image.</summary>
/// <param name="Code">One of <see cref="MessageReason"/>.</param>
internal sealed record Ignored(string Code, string Reason)
{
    public static Ignored NotAPush(string reason) => new(MessageReason.NotAPush, reason);

    public static Ignored NoTag(string reason) => new(MessageReason.NoTag, reason);

    public static Ignored NotAnImage(string reason) => new(MessageReason.NotAnImage, reason);

    public static Ignored Unusable(string reason) => new(MessageReason.MessageUnusable, reason);
}
