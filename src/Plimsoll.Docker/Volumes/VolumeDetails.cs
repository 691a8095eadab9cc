using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <summary>A volume. The document keeps every field; the properties read the ones used most.</summary>
public sealed class VolumeDetails
{
    internal VolumeDetails(JsonObject document) => Document = document;

    /// <summary>The answer as it came.</summary>
    public JsonObject Document { get; }

    /// <summary>The name, unique in the engine; 64 digits for a volume that was given none.</summary>
    public string Name => Document.TextOrEmpty("Name");

    /// <summary>"local", or a plugin's name.</summary>
    public string Driver => Document.TextOrEmpty("Driver");

    /// <summary>Where its files are on the host.</summary>
    public string Mountpoint => Document.TextOrEmpty("Mountpoint");

    /// <summary>Its labels.</summary>
    public IReadOnlyDictionary<string, string> Labels => Document.TextMap("Labels");

    /// <summary>The driver's options.</summary>
    public IReadOnlyDictionary<string, string> Options => Document.TextMap("Options");

    /// <summary>When it was created; null for drivers that do not say.</summary>
    public DateTimeOffset? Created => Document.Time("CreatedAt");
}
