namespace Plimsoll.EngineTests.Support;

/// <summary>A volume as the engine lists it.</summary>
public sealed record SnapshotVolume(string Name, IReadOnlyDictionary<string, string> Labels)
{
    public override string ToString() => Name;
}
