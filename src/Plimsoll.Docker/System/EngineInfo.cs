using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <summary>The engine's description of itself and its host. The document keeps every field; the properties read the ones used most.</summary>
public sealed class EngineInfo
{
    internal EngineInfo(JsonObject document) => Document = document;

    /// <summary>The answer as it came.</summary>
    public JsonObject Document { get; }

    /// <summary>Identifies the engine across restarts, until its data folder is removed.</summary>
    public string Id => Document.TextOrEmpty("ID");

    /// <summary>The host's name.</summary>
    public string Name => Document.TextOrEmpty("Name");

    /// <summary>Docker's own version, such as "20.10.24".</summary>
    public string ServerVersion => Document.TextOrEmpty("ServerVersion");

    /// <summary>The folder on the host that holds images, volumes and containers.</summary>
    public string DockerRootDirectory => Document.TextOrEmpty("DockerRootDir");

    /// <summary>"linux" or "windows".</summary>
    public string OperatingSystem => Document.TextOrEmpty("OSType");

    /// <summary>The host's distribution, such as "Debian GNU/Linux 12".</summary>
    public string OperatingSystemName => Document.TextOrEmpty("OperatingSystem");

    /// <summary>The processor as the kernel calls it: "x86_64", not "amd64".</summary>
    public string Architecture => Document.TextOrEmpty("Architecture");

    /// <summary>The kernel's version.</summary>
    public string Kernel => Document.TextOrEmpty("KernelVersion");

    /// <summary>Whether the engine is an active member of a swarm.</summary>
    public bool SwarmActive => Document.Object("Swarm").Text("LocalNodeState") == "active";

    /// <summary>Whether the engine is a swarm manager, that is can change services.</summary>
    public bool SwarmManager => SwarmActive && Document.Object("Swarm").Flag("ControlAvailable");

    /// <summary>How images are stored, such as "overlay2", or "overlayfs" for the containerd store.</summary>
    public string StorageDriver => Document.TextOrEmpty("Driver");

    /// <summary>What runs containers unless they ask for another, normally "runc".</summary>
    public string DefaultRuntime => Document.TextOrEmpty("DefaultRuntime");

    /// <summary>Processors the engine can use.</summary>
    public int Processors => (int)(Document.Number("NCPU") ?? 0);

    /// <summary>The host's memory in bytes.</summary>
    public long MemoryBytes => Document.Number("MemTotal") ?? 0;

    /// <summary>Containers in all states.</summary>
    public int Containers => (int)(Document.Number("Containers") ?? 0);

    /// <summary>Containers that run.</summary>
    public int ContainersRunning => (int)(Document.Number("ContainersRunning") ?? 0);

    /// <summary>Whether containers go on running while the engine restarts.</summary>
    public bool LiveRestore => Document.Flag("LiveRestoreEnabled");

    /// <summary>What the engine itself finds wrong with its host; often empty.</summary>
    public IReadOnlyList<string> Warnings => Document.Texts("Warnings");
}
