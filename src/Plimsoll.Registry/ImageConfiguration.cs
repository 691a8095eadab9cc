namespace Plimsoll.Registry;

/// <summary>What an image says about itself, read from the registry without pulling its layers. Absent lists are empty.</summary>
public sealed record ImageConfiguration
{
    /// <summary>The digest of the manifest of this platform.</summary>
    public required Digest ManifestDigest { get; init; }

    /// <summary>The digest that the reference stood for: the index's, or <see cref="ManifestDigest"/> for an image of one platform.</summary>
    public required Digest ResolvedDigest { get; init; }

    /// <summary>The image's layers as they travel, compressed, all together; null where the manifest does not tell.</summary>
    public long? LayerBytes { get; init; }

    /// <summary>When the image was built; null where it does not say. Reproducible builds often say 1970.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>The image's own word; an image of one platform is answered whatever platform was asked for.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>The image's own word.</summary>
    public string OperatingSystem { get; init; } = "";

    /// <summary>Labels of the image.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>TCP ports named by EXPOSE, in rising order; UDP and SCTP are left out.</summary>
    public IReadOnlyList<int> ExposedTcpPorts { get; init; } = [];

    /// <summary>Whether the image brings a health check of its own; HEALTHCHECK NONE counts as no.</summary>
    public bool HasHealthCheck { get; init; }

    /// <summary>"NAME=value" in the image's order.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>ENTRYPOINT.</summary>
    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    /// <summary>CMD.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>USER; "" for root.</summary>
    public string User { get; init; } = "";

    /// <summary>WORKDIR; "" for the root folder.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary>STOPSIGNAL; null for the engine's default.</summary>
    public string? StopSignal { get; init; }
}
