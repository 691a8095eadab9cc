namespace Plimsoll.Docker;

/// <summary>The limits of a <see cref="DockerEngine"/>. The defaults suit an engine on this machine or in this network.</summary>
public sealed record DockerEngineOptions
{
    /// <summary>How long making a connection may take, TLS included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer to a question (inspect, list) may take in all. Streams have no limit.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a change (create, start, remove) may take in all. Pull, wait and stop have limits of their own kind.</summary>
    public TimeSpan ChangeTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What the engine's log shows as the client.</summary>
    public string UserAgent { get; init; } = "Plimsoll.Docker";
}
