using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <summary>A network. The document keeps every field; the properties read the ones used most.</summary>
public sealed class NetworkDetails
{
    internal NetworkDetails(JsonObject document) => Document = document;

    /// <summary>The answer as it came.</summary>
    public JsonObject Document { get; }

    /// <summary>The full id of 64 digits.</summary>
    public string Id => Document.TextOrEmpty("Id");

    /// <summary>The name, which engines before 25.0 do not guarantee to be unique.</summary>
    public string Name => Document.TextOrEmpty("Name");

    /// <summary>"bridge", "overlay", "host", …</summary>
    public string Driver => Document.TextOrEmpty("Driver");

    /// <summary>"local" or "swarm".</summary>
    public string Scope => Document.TextOrEmpty("Scope");

    /// <summary>Whether it has no way out to other networks.</summary>
    public bool IsInternal => Document.Flag("Internal");

    /// <summary>Its labels.</summary>
    public IReadOnlyDictionary<string, string> Labels => Document.TextMap("Labels");

    /// <summary>When it was created.</summary>
    public DateTimeOffset Created => Document.Time("Created") ?? default;

    /// <summary>Its address ranges, such as "10.1.0.0/24".</summary>
    public IReadOnlyList<string> Subnets =>
        [.. (Document.Object("IPAM").List("Config") ?? []).Select(range => range.Text("Subnet")).OfType<string>()];

    /// <summary>
    /// The full ids of the running containers connected to it. Only an inspected network has them; in a list this is empty.
    /// </summary>
    public IReadOnlyList<string> ContainerIds => [.. (Document.Object("Containers") ?? []).Select(container => container.Key)];

    internal bool IsCalled(string idOrName) => Name == idOrName || ObjectId.IsPrefix(idOrName, Id);
}
