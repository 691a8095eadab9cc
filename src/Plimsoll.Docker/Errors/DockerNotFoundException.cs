namespace Plimsoll.Docker;

/// <summary>
/// The object does not exist, or something it needs does not (the image of a container that is created, the network of one that is
/// started). The engine's message says which.
/// </summary>
public sealed class DockerNotFoundException : DockerException
{
    internal DockerNotFoundException(string subject, string attempt, string? engineMessage, int? statusCode = 404)
        : base(subject, attempt, engineMessage, statusCode)
    {
    }
}
