namespace Plimsoll.Docker;

/// <summary>A volume to create. Without a name the engine makes one of 64 digits up.</summary>
public sealed record VolumeSpecification
{
    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>What keeps the files.</summary>
    public string Driver { get; init; } = "local";

    /// <summary>The driver's options, such as "type", "device" and "o" of the local one.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
