namespace Plimsoll.Deployments;

/// <summary>One line of a deployment's log.</summary>
internal sealed record RecordedStep
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }
    public string State { get; init; } = "";
    public string Text { get; init; } = "";
}
