namespace Plimsoll.Deployments;

/// <summary>One line of a deployment's log with where it belongs.</summary>
internal sealed record TracedStep
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }
    public string State { get; init; } = "";
    public string Text { get; init; } = "";
    public string DeploymentId { get; init; } = "";
    public string Project { get; init; } = "";
    public string Stage { get; init; } = "";
}
