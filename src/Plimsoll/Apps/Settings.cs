using Plimsoll.Apps.Policies;

namespace Plimsoll.Apps;

/// <summary>What holds for every project. Kept in the store, changed through the API.</summary>
internal sealed record Settings
{
    /// <summary>Faces are made below this name; <c>localhost</c> works on one machine without any DNS.</summary>
    public string Domain { get; init; } = "localhost";

    public string? ServerIp { get; init; }

    /// <summary>The engine's network that instances are attached to and the proxy reaches them on.</summary>
    public string Network { get; init; } = "plimsoll";

    public string SubdomainPattern { get; init; } = "stage-{stage}-{project}";

    public string? NotificationUrl { get; init; }

    /// <summary>Seconds between two scans of the registries. 0 turns polling off.</summary>
    public int PollingSeconds { get; init; } = 300;

    /// <summary>Whether an image that no project has makes a project of its own.</summary>
    public bool AutoCreateProjects { get; init; } = true;

    /// <summary>Seconds a new instance may take to become healthy.</summary>
    public int HealthSeconds { get; init; } = 60;

    /// <summary>Seconds that requests under way may take on an instance that is being retired.</summary>
    public int DrainSeconds { get; init; } = 30;

    /// <summary>Seconds that a container may take to stop, after its stop signal, before it is killed.</summary>
    public int StopSeconds { get; init; } = 10;

    /// <summary>Seconds after the switch in which a new version that falls over gives its traffic back.</summary>
    public int WatchSeconds { get; init; } = 15;

    /// <summary>Seconds after which a deployment that is not decided is given up.</summary>
    public int DeploymentSeconds { get; init; } = 3600;

    /// <summary>Seconds a pull may take, all tries together.</summary>
    public int PullSeconds { get; init; } = 900;

    /// <summary>Seconds that requests wait at a paused stage, counted from the pause, when the pause names no time of its own.</summary>
    public int PauseSeconds { get; init; } = 30;

    /// <summary>How many requests may wait at one paused stage; 0: none. Read when a stage is paused.</summary>
    public int PauseQueue { get; init; } = 1_000;

    /// <summary>One of <see cref="LongLivedPolicies"/>.</summary>
    public string LongLived { get; init; } = LongLivedPolicies.Drain;
    /// <summary>How many of a stage's newest succeeded deployments stay within reach of a rollback, their images included. The live one counts.</summary>
    public int KeepDeployments { get; init; } = 5;

    /// <summary>MiB that must be left on the engine's disk once a new image is unpacked.</summary>
    public int MinimumFreeMegabytes { get; init; } = 256;

    /// <summary>Whether containers that do not run are looked at as well.</summary>
    public bool IncludeStopped { get; init; }

    /// <summary>Which of the engine's containers are updated at all.</summary>
    public ContainerPolicy Policy { get; init; } = ContainerPolicy.Default;
}
