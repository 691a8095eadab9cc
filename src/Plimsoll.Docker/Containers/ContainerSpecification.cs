namespace Plimsoll.Docker;

/// <summary>
/// A container to create. What is empty or null is left to the image, or else to the engine. For a container that must equal another in
/// every field, create it from a document instead.
/// </summary>
public sealed record ContainerSpecification
{
    /// <summary>The name, which must be free.</summary>
    public required string Name { get; init; }

    /// <summary>A tag, a digest or an id of an image that the engine has. Nothing is pulled.</summary>
    public required string Image { get; init; }

    /// <summary>Variables; they are added to the image's and win over them. Values may be secrets: they are never part of a message.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Labels; they are added to the image's and win over them.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>TCP ports that are documented as open, beside the image's. Published ones need not be repeated.</summary>
    public IReadOnlyList<int> ExposedPorts { get; init; } = [];

    /// <summary>Ports made reachable on the host.</summary>
    public IReadOnlyList<PublishedPort> PublishedPorts { get; init; } = [];

    /// <summary>The network by name or id, or "host", "none", "container:id"; null for the engine's default bridge.</summary>
    public string? Network { get; init; }

    /// <summary>Further names in <see cref="Network"/>. Only user-defined networks know aliases.</summary>
    public IReadOnlyList<string> NetworkAliases { get; init; } = [];

    /// <summary>Networks beside the first. The container is connected to all of them before it can start.</summary>
    public IReadOnlyList<NetworkJoin> FurtherNetworks { get; init; } = [];

    /// <summary>"no", "always", "unless-stopped", "on-failure" or "on-failure:n".</summary>
    public string RestartPolicy { get; init; } = "no";

    /// <summary>What is mounted.</summary>
    public IReadOnlyList<ContainerMount> Mounts { get; init; } = [];

    /// <summary>The most memory it may use; null for no limit.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The most processors it may use, such as 1.5; null for no limit.</summary>
    public decimal? Cpus { get; init; }

    /// <summary>The most processes it may have; null for no limit.</summary>
    public long? ProcessLimit { get; init; }

    /// <summary>Arguments in place of the image's.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>The program in place of the image's, which also drops the image's arguments.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>User or user:group, by name or number.</summary>
    public string? User { get; init; }

    /// <summary>The folder the program starts in.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The host name seen from inside; null for the container's short id.</summary>
    public string? Hostname { get; init; }

    /// <summary>The signal that asks it to stop, such as "SIGQUIT".</summary>
    public string? StopSignal { get; init; }

    /// <summary>How long it may take to stop before it is killed; null for the engine's 10 seconds.</summary>
    public TimeSpan? StopTimeout { get; init; }

    /// <summary>A health check in place of the image's.</summary>
    public HealthCheck? HealthCheck { get; init; }

    /// <summary>Lines for /etc/hosts as "name:address"; the address may be "host-gateway".</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];

    /// <summary>Whether a small init process runs first and cleans up after the others.</summary>
    public bool Init { get; init; }

    /// <summary>Whether its root file system can not be written to.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Whether it has a terminal.</summary>
    public bool HasTty { get; init; }

    /// <summary>The platform of the image, such as "linux/arm64"; null for the engine's own.</summary>
    public string? Platform { get; init; }

    /// <summary>The name and the image; variables are left out, as they may be secrets.</summary>
    public override string ToString() => $"{Name} from {Image}";
}
