namespace Plimsoll.Plumbing.Events;

/// <summary>One thing that happened, as it is told to people and programs.</summary>
public sealed record RecordedEvent
{
    public required long Id { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Stable, kebab-case: <c>deployment-succeeded</c>.</summary>
    public required string Kind { get; init; }

    public string? Project { get; init; }

    public string? Stage { get; init; }

    public string? DeploymentId { get; init; }

    public required string Text { get; init; }
}
