using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <summary>
/// A container as the engine describes it. The document keeps every field, known here or not, so that the container can be created again
/// without losing any; the properties read the ones used most.
/// </summary>
public sealed class ContainerDetails
{
    internal ContainerDetails(JsonObject document)
    {
        Document = document;
        State = ContainerState.From(document.Object("State"));
        Networks = (document.Object("NetworkSettings").Object("Networks") ?? [])
            .ToDictionary(network => network.Key, network => NetworkAttachment.From(network.Key, network.Value), StringComparer.Ordinal);
        PublishedPorts = [.. PortBindings.Read(document.Object("NetworkSettings").Object("Ports"))];
        Mounts = [.. (document.List("Mounts") ?? []).Select(ContainerMountPoint.From)];
    }

    /// <summary>The answer as it came.</summary>
    public JsonObject Document { get; }

    /// <summary>The part of the document named Config; empty when the engine sent none.</summary>
    public JsonObject Configuration => Document.Object("Config") ?? [];

    /// <summary>The part of the document named HostConfig; empty when the engine sent none.</summary>
    public JsonObject HostConfiguration => Document.Object("HostConfig") ?? [];

    /// <summary>The full id of 64 digits.</summary>
    public string Id => Document.TextOrEmpty("Id");

    /// <summary>The name, without the slash the engine puts before it.</summary>
    public string Name => Document.TextOrEmpty("Name").TrimStart('/');

    /// <summary>The id of the image it was created from, "sha256:…". It stays the same when the tag moves on.</summary>
    public string ImageId => Document.TextOrEmpty("Image");

    /// <summary>The image as it was named at creation: a tag, a digest or an id.</summary>
    public string ImageReference => Configuration.TextOrEmpty("Image");

    /// <summary>What it is doing.</summary>
    public ContainerState State { get; }

    /// <summary>How often the engine restarted it under its restart policy. A start by hand sets it to 0.</summary>
    public int RestartCount => (int)(Document.Number("RestartCount") ?? 0);

    /// <summary>Its labels and those of its image together; the engine does not tell them apart.</summary>
    public IReadOnlyDictionary<string, string> Labels => Configuration.TextMap("Labels");

    /// <summary>Its variables and those of its image together, as "NAME=value". They may be secrets.</summary>
    public IReadOnlyList<string> Environment => Configuration.Texts("Env");

    /// <summary>Its place in each network, by the network's name.</summary>
    public IReadOnlyDictionary<string, NetworkAttachment> Networks { get; }

    /// <summary>The ports that are reachable on the host now, with the host ports the engine chose. Empty while it does not run.</summary>
    public IReadOnlyList<PublishedPort> PublishedPorts { get; }

    /// <summary>Everything mounted into it, volumes without a name included.</summary>
    public IReadOnlyList<ContainerMountPoint> Mounts { get; }

    /// <summary>Whether a health check runs in it, its own or its image's.</summary>
    public bool HasHealthCheck => Configuration.Object("Healthcheck").Texts("Test") is [not "NONE", ..];

    /// <summary>How long failures of the health check do not count after a start; zero without a check or a period.</summary>
    public TimeSpan HealthCheckStartPeriod =>
        HasHealthCheck ? TimeSpan.FromTicks((Configuration.Object("Healthcheck").Number("StartPeriod") ?? 0) / TimeSpan.NanosecondsPerTick) : TimeSpan.Zero;

    /// <summary>Whether it has a terminal. Its log is then one stream.</summary>
    public bool HasTty => Configuration.Flag("Tty");

    /// <summary>When it was created.</summary>
    public DateTimeOffset Created => Document.Time("Created") ?? default;

    /// <summary>"no", "always", "unless-stopped" or "on-failure", the last with ":n" when the number of tries is limited.</summary>
    public string RestartPolicy
    {
        get
        {
            var policy = HostConfiguration.Object("RestartPolicy");
            var name = policy.Text("Name") is { Length: > 0 } text ? text : "no";
            return policy.Number("MaximumRetryCount") is > 0 and var tries ? $"{name}:{tries}" : name;
        }
    }

    /// <summary>Its IPv4 address in the network of that name; null when it is not connected or does not run.</summary>
    public string? AddressOn(string network) => Networks.GetValueOrDefault(network)?.Address;

    /// <summary>Whether this is the container that was asked for, rather than one whose id happens to begin with the same digits.</summary>
    internal bool IsCalled(string idOrName) => Name == idOrName.TrimStart('/') || ObjectId.IsPrefix(idOrName, Id);
}
