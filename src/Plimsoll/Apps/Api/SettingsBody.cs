namespace Plimsoll.Apps.Api;

/// <summary>The global settings, as clients read and write them. An absent field keeps its value.</summary>
public sealed record SettingsBody
{
    public string? Domain { get; init; }
    public string? ServerIp { get; init; }
    public string? Network { get; init; }
    public string? SubdomainPattern { get; init; }
    public string? NotificationUrl { get; init; }
    public int? PollingSeconds { get; init; }
    public bool? AutoCreateProjects { get; init; }
    public int? HealthSeconds { get; init; }
    public int? DrainSeconds { get; init; }
    public int? StopSeconds { get; init; }
    public int? PullSeconds { get; init; }
    public int? WatchSeconds { get; init; }
    public int? DeploymentSeconds { get; init; }
    public int? PauseSeconds { get; init; }
    public int? PauseQueue { get; init; }

    /// <summary><c>drain</c> or <c>close</c>.</summary>
    public string? LongLived { get; init; }
    public int? KeepDeployments { get; init; }
    public int? MinimumFreeMegabytes { get; init; }
    public bool? IncludeStopped { get; init; }

    /// <summary>Which containers are updated at all. A field of it that is absent keeps its value.</summary>
    public ContainerPolicyBody? Policy { get; init; }

    internal static SettingsBody From(Settings settings) => new()
    {
        Domain = settings.Domain,
        ServerIp = settings.ServerIp,
        Network = settings.Network,
        SubdomainPattern = settings.SubdomainPattern,
        NotificationUrl = settings.NotificationUrl,
        PollingSeconds = settings.PollingSeconds,
        AutoCreateProjects = settings.AutoCreateProjects,
        HealthSeconds = settings.HealthSeconds,
        DrainSeconds = settings.DrainSeconds,
        StopSeconds = settings.StopSeconds,
        PullSeconds = settings.PullSeconds,
        WatchSeconds = settings.WatchSeconds,
        DeploymentSeconds = settings.DeploymentSeconds,
        PauseSeconds = settings.PauseSeconds,
        PauseQueue = settings.PauseQueue,
        LongLived = settings.LongLived,
        KeepDeployments = settings.KeepDeployments,
        MinimumFreeMegabytes = settings.MinimumFreeMegabytes,
        IncludeStopped = settings.IncludeStopped,
        Policy = ContainerPolicyBody.From(settings.Policy),
    };

    internal Settings Over(Settings old) => old with
    {
        Domain = Domain?.Trim().Trim('.').ToLowerInvariant() ?? old.Domain,
        ServerIp = FieldValue.Over(ServerIp, old.ServerIp),
        Network = Network ?? old.Network,
        SubdomainPattern = SubdomainPattern ?? old.SubdomainPattern,
        NotificationUrl = FieldValue.Over(NotificationUrl, old.NotificationUrl),
        PollingSeconds = PollingSeconds ?? old.PollingSeconds,
        AutoCreateProjects = AutoCreateProjects ?? old.AutoCreateProjects,
        HealthSeconds = HealthSeconds ?? old.HealthSeconds,
        DrainSeconds = DrainSeconds ?? old.DrainSeconds,
        StopSeconds = StopSeconds ?? old.StopSeconds,
        PullSeconds = PullSeconds ?? old.PullSeconds,
        WatchSeconds = WatchSeconds ?? old.WatchSeconds,
        DeploymentSeconds = DeploymentSeconds ?? old.DeploymentSeconds,
        PauseSeconds = PauseSeconds ?? old.PauseSeconds,
        PauseQueue = PauseQueue ?? old.PauseQueue,
        LongLived = LongLived ?? old.LongLived,
        KeepDeployments = KeepDeployments ?? old.KeepDeployments,
        MinimumFreeMegabytes = MinimumFreeMegabytes ?? old.MinimumFreeMegabytes,
        IncludeStopped = IncludeStopped ?? old.IncludeStopped,
        Policy = Policy?.Over(old.Policy) ?? old.Policy,
    };
}
