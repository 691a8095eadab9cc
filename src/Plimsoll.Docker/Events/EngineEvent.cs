namespace Plimsoll.Docker;

/// <summary>
/// Something that happened in the engine, by the engine's clock, or (Type "connection") to the connection itself, by ours. Attributes hold
/// the object's name and labels. An Action can have more to it after a colon: "health_status: unhealthy".
/// </summary>
public sealed record EngineEvent(
    string Type,
    string Action,
    string ActorId,
    IReadOnlyDictionary<string, string> Attributes,
    DateTimeOffset At)
{
    /// <summary>The Type of the three markers below.</summary>
    public const string ConnectionType = "connection";

    private const string Established = "established";
    private const string Lost = "lost";
    private const string Restored = "restored";

    /// <summary>The first connection was made without trouble: from here on nothing is missed.</summary>
    public bool IsConnectionEstablished => Type == ConnectionType && Action == Established;

    /// <summary>
    /// The connection was lost, or could not be made at first. Said once until it is restored; the attribute "reason" says why.
    /// </summary>
    public bool IsConnectionLost => Type == ConnectionType && Action == Lost;

    /// <summary>
    /// There is a connection again. Events of the meantime follow, but not necessarily all: the engine keeps the newest 256, and none
    /// over a restart. Look at everything again.
    /// </summary>
    public bool IsConnectionRestored => Type == ConnectionType && Action == Restored;

    /// <summary>The object's name, where the engine gives one.</summary>
    public string? Name => Attributes.GetValueOrDefault("name");

    internal static EngineEvent From(EventLine line) => new(
        line.Type ?? "",
        line.Action ?? "",
        line.Actor?.Id ?? "",
        line.Actor?.Attributes ?? new Dictionary<string, string>(),
        EngineTime.FromUnixNanoseconds(line.At));

    internal static EngineEvent Connected(bool again, DateTimeOffset now) =>
        new(ConnectionType, again ? Restored : Established, "", new Dictionary<string, string>(), now);

    internal static EngineEvent Disconnected(string reason, DateTimeOffset now) =>
        new(ConnectionType, Lost, "", new Dictionary<string, string> { ["reason"] = reason }, now);
}
