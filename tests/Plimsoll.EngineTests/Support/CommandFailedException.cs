namespace Plimsoll.EngineTests.Support;

/// <summary>A program ended with an exit code other than 0.</summary>
public sealed class CommandFailedException(IReadOnlyList<string> command, int exitCode, string output, string error)
    : Exception($"`{string.Join(' ', command)}` ended with exit code {exitCode}:\n{error.Trim()}\n{output.Trim()}".TrimEnd())
{
    public int ExitCode { get; } = exitCode;

    public string Output { get; } = output;

    public string Error { get; } = error;
}
