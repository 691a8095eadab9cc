namespace Plimsoll.Edge;

/// <summary>Who has an address, as far as one instance is concerned.</summary>
/// <param name="Stamp">The run of the instance's container that has the address: container and time of its start. Null: it has not, or nobody can tell.</param>
/// <param name="IsKnown">Whether the engine has answered.</param>
internal sealed record Occupant(string? Stamp, bool IsKnown)
{
    /// <summary>The instance's container does not have the address.</summary>
    public static Occupant None { get; } = new(null, true);

    /// <summary>The engine is away or silent. Without it no address changes hands.</summary>
    public static Occupant Unknown { get; } = new(null, false);

    public static Occupant Of(string stamp) => new(stamp, true);
}
