namespace Plimsoll.Docker;

/// <summary>
/// A container's port made reachable on the host. Without a host port the engine chooses a free one at each start; without a host
/// address it listens on all of them.
/// </summary>
public sealed record PublishedPort(int ContainerPort, int? HostPort = null, string? HostAddress = null, string Protocol = "tcp");
