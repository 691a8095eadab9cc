namespace Plimsoll.EngineTests.Support;

/// <summary>A container as the engine lists it, running or not.</summary>
/// <param name="Name">Without the leading slash.</param>
/// <param name="State">"running", "exited", "created" …</param>
/// <param name="Addresses">Per network; empty while the container does not run.</param>
public sealed record SnapshotContainer(
    string Id,
    string Name,
    string Image,
    string ImageId,
    string State,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Addresses)
{
    public bool IsRunning => State == "running";

    public override string ToString() => $"{Name} ({State}, {Image})";
}
