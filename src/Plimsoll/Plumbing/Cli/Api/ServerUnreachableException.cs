namespace Plimsoll.Plumbing.Cli.Api;

/// <summary>No Plimsoll answered. A moment later one may.</summary>
internal sealed class ServerUnreachableException(string message, Exception? inner = null) : CommandFailedException(Cli.ExitCode.Problem, message, inner);
