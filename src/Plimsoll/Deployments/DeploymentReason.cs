namespace Plimsoll.Deployments;

/// <summary>Why a deployment ended as it did. Stable codes, documented in docs/reasons.md.</summary>
internal static class DeploymentReason
{
    public const string Live = "live";
    public const string LeftoversRemain = "live-with-leftovers";
    public const string Superseded = "superseded";
    public const string HealthDeadline = "health-deadline";
    public const string ContainerExited = "container-exited";
    public const string Unhealthy = "unhealthy";
    public const string StartFailed = "start-failed";
    public const string CreateFailed = "create-failed";
    public const string PullFailed = "pull-failed";
    public const string PullDeadline = "pull-deadline";
    public const string DiskTooFull = "disk-too-full";
    public const string CandidateVanished = "candidate-vanished";
    public const string SwitchFailed = "switch-failed";
    public const string FellOver = "fell-over";
    public const string Cancelled = "cancelled";
    public const string DeploymentDeadline = "deployment-deadline";
    public const string InternalError = "internal-error";

    public static IReadOnlyList<string> All { get; } =
    [
        Live, LeftoversRemain, Superseded, HealthDeadline, ContainerExited, Unhealthy, StartFailed, CreateFailed, PullFailed, PullDeadline, DiskTooFull,
        CandidateVanished, SwitchFailed, FellOver, Cancelled, DeploymentDeadline, InternalError,
    ];

    /// <summary>
    /// Whether the image itself was at fault. Then the deployment counts as rolled back and its digest is blocked; any
    /// other fault may be gone at the next try, so the digest stays free.
    /// </summary>
    public static bool ProvesImageBad(string code) => code is HealthDeadline or ContainerExited or Unhealthy or StartFailed or FellOver;
}
