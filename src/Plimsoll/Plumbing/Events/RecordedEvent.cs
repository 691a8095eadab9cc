namespace Plimsoll.Plumbing.Events;

/// <summary>One thing that happened, as it is told to people and programs.</summary>
public sealed record RecordedEvent
{
    public long Id { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Stable, kebab-case: <c>deployment-succeeded</c>.</summary>
    public string Kind { get; init; } = "";

    public string? Project { get; init; }

    public string? Stage { get; init; }

    public string? DeploymentId { get; init; }

    public string Text { get; init; } = "";
}
