namespace Plimsoll.Registry;

/// <summary>A registry did not give what was asked for. The message is a sentence for a person and holds no secret.</summary>
public sealed class RegistryException : Exception
{
    internal RegistryException(RegistryFailure failure, string subject, string message, Exception? inner = null)
        : base(message, inner)
    {
        Failure = failure;
        Subject = subject;
    }

    /// <summary>The kind of failure, to decide by.</summary>
    public RegistryFailure Failure { get; }

    /// <summary>The image, repository or registry that was asked for.</summary>
    public string Subject { get; }

    /// <summary>How long the registry wants to be left alone, at most a day; null where it did not say.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>Whether the same question may succeed later without anybody changing anything.</summary>
    public bool IsTransient { get; internal init; }

    /// <summary>The question was not sent at all: the registry wants to be left alone, or did not answer moments ago.</summary>
    public bool WasNotSent { get; internal init; }

    /// <summary>A failure before the registry was asked, such as a credential that could not be had.</summary>
    /// <param name="subject">What was asked for; the message begins with it.</param>
    /// <param name="sentence">What went wrong, without a secret.</param>
    public static RegistryException BeforeAsking(RegistryFailure failure, string subject, string sentence, bool isTransient, Exception? inner = null) =>
        new(failure, subject, $"{subject}: {sentence}", inner) { IsTransient = isTransient, WasNotSent = true, Step = ConnectionStep.Authentication };

    /// <summary>How far the conversation came, for the connection report.</summary>
    internal ConnectionStep Step { get; init; } = ConnectionStep.Protocol;

    /// <summary>The server's own words, without a full stop; null where it said nothing.</summary>
    internal string? Said { get; init; }

    /// <summary>Nothing was understood by either side, as when one speaks TLS and the other does not; another scheme may do better.</summary>
    internal bool IsSchemeInDoubt { get; init; }

    /// <summary>The server's certificate was seen and refused: the most telling of several failed attempts.</summary>
    internal bool IsCertificateRefused { get; init; }

    /// <summary>The same failure as a new exception, for one that is remembered and thrown more than once.</summary>
    public RegistryException Again() => new(Failure, Subject, Message, this)
    {
        RetryAfter = RetryAfter,
        IsTransient = IsTransient,
        WasNotSent = WasNotSent,
        Step = Step,
    };
}
