namespace Plimsoll.Docker;

/// <summary>
/// One Docker engine. Creating this connects to nothing: the first request does, and agrees on an API version (1.41 to 1.54). After the
/// engine was out of reach the version is agreed on anew, as it may have been updated meanwhile. Safe for use by many callers at once.
/// </summary>
/// <remarks>
/// Each operation can throw <see cref="DockerUnavailableException"/> (not reached, no answer in time, connection lost) and
/// <see cref="DockerVersionException"/>; other errors the engine reports are <see cref="DockerNotFoundException"/>,
/// <see cref="DockerConflictException"/> or plain <see cref="DockerException"/>. Names passed to operations must be the exact name or the
/// id: a name that the engine would take for the beginning of another object's id is not accepted for that object.
/// </remarks>
public sealed class DockerEngine : IAsyncDisposable
{
    private readonly EngineConnection _connection;

    /// <summary>Prepares a client of the engine at <paramref name="endpoint"/>.</summary>
    public DockerEngine(DockerEndpoint endpoint, TimeProvider time, DockerEngineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(time);
        Endpoint = endpoint;
        _connection = new EngineConnection(endpoint, time, options ?? new DockerEngineOptions());
        System = new SystemOperations(_connection);
        Images = new ImageOperations(_connection);
        Networks = new NetworkOperations(_connection);
        Containers = new ContainerOperations(_connection, Networks);
        Volumes = new VolumeOperations(_connection);
        Events = new EventOperations(_connection, time);
    }

    /// <summary>Where the engine listens.</summary>
    public DockerEndpoint Endpoint { get; }

    /// <summary>The engine itself: version, host, disk.</summary>
    public SystemOperations System { get; }

    /// <summary>Images: pull, inspect, tag, remove.</summary>
    public ImageOperations Images { get; }

    /// <summary>Containers: their life from create to remove, logs, statistics.</summary>
    public ContainerOperations Containers { get; }

    /// <summary>Networks and who is connected to them.</summary>
    public NetworkOperations Networks { get; }

    /// <summary>Volumes.</summary>
    public VolumeOperations Volumes { get; }

    /// <summary>What happens in the engine, as it happens.</summary>
    public EventOperations Events { get; }

    /// <summary>Closes all connections. Requests under way fail.</summary>
    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }
}
