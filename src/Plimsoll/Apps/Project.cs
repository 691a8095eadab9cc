namespace Plimsoll.Apps;

/// <summary>An application: one repository of images and what its containers need.</summary>
internal sealed record Project
{
    public long Id { get; init; }

    /// <summary>Lower case letters, digits and dashes; part of container and host names.</summary>
    public required string Name { get; init; }

    /// <summary>The registry whose credentials are used; null: anonymous.</summary>
    public long? RegistryId { get; init; }

    /// <summary>Canonical, with registry and without tag: <c>docker.io/library/nginx</c>.</summary>
    public required string Repository { get; init; }

    /// <summary>The port inside the container; 0: the image's only exposed TCP port, or no route when it exposes none.</summary>
    public int Port { get; init; }

    /// <summary>A path that answers well when the application is well; null: the image's HEALTHCHECK or a TCP connect decides.</summary>
    public string? HealthPath { get; init; }

    public HealthProof Health { get; init; } = new();

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public bool AutoCreated { get; init; }

    /// <summary>On its way out, with all its stages. Changed by <c>ProjectStore.MarkDeleting</c> only.</summary>
    public bool Deleting { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
