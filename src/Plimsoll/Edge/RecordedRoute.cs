namespace Plimsoll.Edge;

/// <summary>A route as the store has it: which instance a host belongs to. Addresses are not stored: they are asked of the engine (invariant 7).</summary>
internal sealed record RecordedRoute
{
    public string Host { get; init; } = "";
    public long StageId { get; init; }
    public string InstanceId { get; init; } = "";
    public int Port { get; init; }

    /// <summary>Whether this is the stage's own name, as against the name of one of its tags.</summary>
    public bool IsMain { get; init; }

    /// <summary>Whether a person has stopped the instance, or wants it to prove itself anew: nobody is let in.</summary>
    public bool IsHeld { get; init; }
    public string Project { get; init; } = "";
    public string Stage { get; init; } = "";
}
