namespace Plimsoll.Docker;

/// <summary>What the engine's own health check says.</summary>
public enum HealthStatus
{
    /// <summary>There is no check, or it is switched off.</summary>
    None,

    /// <summary>No check has succeeded yet, and the start period or the retries are not used up.</summary>
    Starting,

    /// <summary>The last check succeeded.</summary>
    Healthy,

    /// <summary>As many checks as the container allows failed in a row.</summary>
    Unhealthy,
}
