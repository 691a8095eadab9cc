namespace Plimsoll.Plumbing.Cli;

/// <summary>Ends a command with an exit code and a sentence that is all the reader needs.</summary>
internal class CommandFailedException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode => exitCode;

    /// <summary>Lines below the sentence, such as one for each wrong field.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
}
