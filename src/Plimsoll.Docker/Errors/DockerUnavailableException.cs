namespace Plimsoll.Docker;

/// <summary>
/// The engine could not be reached, did not answer in time, or the connection was lost before the answer was complete. It may work
/// later: this is the one failure of this library that is worth trying again unchanged.
/// </summary>
public sealed class DockerUnavailableException : DockerException
{
    internal DockerUnavailableException(
        string subject, string attempt, string problem, bool outcomeIsUnknown, Exception? inner = null, int? statusCode = null)
        : base(subject, attempt, null, statusCode, $"Could not {attempt} {subject}: {problem}", inner)
    {
        OutcomeIsUnknown = outcomeIsUnknown;
        Problem = problem;
    }

    /// <summary>
    /// True when the request may have reached the engine, so that it may have been carried out: look before trying again. False when no
    /// connection was made.
    /// </summary>
    public bool OutcomeIsUnknown { get; }

    /// <summary>Why the engine was not available, as a sentence that names its address.</summary>
    public string Problem { get; }
}
