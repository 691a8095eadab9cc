namespace Plimsoll.Docker;

/// <summary>The engine and this client have no version of the Engine API in common. Trying again does not help; one of the two must be updated.</summary>
public sealed class DockerVersionException : DockerException
{
    internal DockerVersionException(
        string subject, string attempt, string engineVersion, ApiVersion clientVersion, string message, string? engineMessage = null, int? statusCode = null)
        : base(subject, attempt, engineMessage, statusCode, $"Could not {attempt} {subject}: {message}", null)
    {
        EngineVersion = engineVersion;
        ClientVersion = clientVersion;
    }

    /// <summary>The API version that the engine named, or "unknown".</summary>
    public string EngineVersion { get; }

    /// <summary>The version of this client that is nearest to it: the oldest it can speak for an old engine, else the newest.</summary>
    public ApiVersion ClientVersion { get; }
}
