namespace Plimsoll.Docker;

/// <summary>
/// The engine's state forbids the request: a name is taken, an image or volume is in use, a network still has endpoints, a container is
/// not in the right state. Repeating the request without changing that state fails again.
/// </summary>
public sealed class DockerConflictException : DockerException
{
    internal DockerConflictException(string subject, string attempt, string? engineMessage, int? statusCode = 409)
        : base(subject, attempt, engineMessage, statusCode)
    {
    }
}
