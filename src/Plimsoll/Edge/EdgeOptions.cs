using System.Net;

namespace Plimsoll.Edge;

internal sealed record EdgeOptions
{
    /// <summary>Where the proxy listens (<c>PLIMSOLL_PROXY_LISTEN</c>): <c>http://</c> and an IP address or <c>localhost</c>. Port 0 takes any free port.</summary>
    public Uri Listen { get; init; } = new("http://127.0.0.1:8000");

    /// <summary>
    /// How long a request may go without a byte in either direction, WebSockets and event streams included, before it is given up.
    /// Ten minutes, because a quiet WebSocket is not a broken one.
    /// </summary>
    public TimeSpan ActivityTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long opening a connection to an instance may take. Instances are on this host or its network: five seconds is long.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long open requests may go on once the proxy is told to stop.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>When a client that a paused stage has turned away may ask again.</summary>
    public TimeSpan PauseRetryAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>When a client that met a stage in maintenance may ask again.</summary>
    public TimeSpan MaintenanceRetryAfter { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Proxies in front of this one whose X-Forwarded-* headers are believed. From anybody else they are overwritten.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];
}
