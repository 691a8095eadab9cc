namespace Plimsoll.Docker;

/// <summary>
/// The engine refused or failed a request. The message reads "Could not start container "web": …" and ends with the engine's own words.
/// More particular failures are derived types; this type itself means that the engine answered with an error that has no kind of its own.
/// </summary>
public class DockerException : Exception
{
    internal DockerException(string subject, string attempt, string? engineMessage, int? statusCode, Exception? inner = null)
        : this(subject, attempt, engineMessage, statusCode, Describe(subject, attempt, engineMessage, statusCode), inner)
    {
    }

    private protected DockerException(
        string subject, string attempt, string? engineMessage, int? statusCode, string message, Exception? inner)
        : base(message, inner)
    {
        Subject = subject;
        Attempt = attempt;
        EngineMessage = engineMessage;
        StatusCode = statusCode;
    }

    /// <summary>What the request was about, with its kind: <c>container "web"</c>, <c>image "nginx:1.27"</c>.</summary>
    public string Subject { get; }

    /// <summary>What was tried, as a verb: <c>start</c>, <c>pull</c>.</summary>
    public string Attempt { get; }

    /// <summary>The engine's own message, unchanged; null when it said nothing or was not reached.</summary>
    public string? EngineMessage { get; }

    /// <summary>The HTTP status of the answer; null when there was none, or when the error came in the middle of a stream.</summary>
    public int? StatusCode { get; }

    private static string Describe(string subject, string attempt, string? engineMessage, int? statusCode) =>
        (engineMessage, statusCode) switch
        {
            ({ Length: > 0 } text, int status) => $"Could not {attempt} {subject}: {text} (the engine answered {status})",
            ({ Length: > 0 } text, null) => $"Could not {attempt} {subject}: {text}",
            (_, int status) => $"Could not {attempt} {subject}: the engine answered {status} and gave no reason.",
            _ => $"Could not {attempt} {subject}.",
        };
}
