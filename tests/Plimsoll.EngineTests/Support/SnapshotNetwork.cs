namespace Plimsoll.EngineTests.Support;

/// <summary>A network as the engine lists it.</summary>
public sealed record SnapshotNetwork(string Id, string Name, string Driver, IReadOnlyDictionary<string, string> Labels)
{
    public override string ToString() => $"{Name} ({Driver})";
}
