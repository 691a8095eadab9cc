using System.Globalization;
using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <summary>
/// An image as the engine has it. The document keeps every field; the properties read the ones used most. Lists are never null, whatever
/// the engine leaves out.
/// </summary>
public sealed class ImageDetails
{
    internal ImageDetails(JsonObject document)
    {
        Document = document;
        ExposedTcpPorts = [.. ReadTcpPorts(Configuration)];
    }

    /// <summary>The answer as it came.</summary>
    public JsonObject Document { get; }

    /// <summary>The part of the document that containers inherit from; empty when the engine sent none.</summary>
    public JsonObject Configuration => Document.Object("Config") ?? [];

    /// <summary>"sha256:" and the digest of the image's configuration (of its manifest in engines with the containerd store).</summary>
    public string Id => Document.TextOrEmpty("Id");

    /// <summary>All tags, as "repository:tag". Docker Hub's repositories come without registry.</summary>
    public IReadOnlyList<string> RepoTags => Document.Texts("RepoTags");

    /// <summary>All digests it was pulled or pushed by, as "repository@sha256:…". Empty for an image built here and never pushed.</summary>
    public IReadOnlyList<string> RepoDigests => Document.Texts("RepoDigests");

    /// <summary>The processor as registries call it: "amd64", "arm64".</summary>
    public string Architecture => Document.TextOrEmpty("Architecture");

    /// <summary>"linux" or "windows".</summary>
    public string OperatingSystem => Document.TextOrEmpty("Os");

    /// <summary>The processor's variant, such as "v8"; null when the image names none.</summary>
    public string? Variant => Document.Text("Variant") is { Length: > 0 } variant ? variant : null;

    /// <summary>The size on disk with all layers, shared ones included.</summary>
    public long SizeBytes => Document.Number("Size") ?? 0;

    /// <summary>The TCP ports of EXPOSE, in ascending order. UDP and SCTP ports are left out.</summary>
    public IReadOnlyList<int> ExposedTcpPorts { get; }

    /// <summary>Whether the image brings a health check of its own that is not switched off.</summary>
    public bool HasHealthCheck => Configuration.Object("Healthcheck").Texts("Test") is [not "NONE", ..];

    /// <summary>The labels that containers inherit.</summary>
    public IReadOnlyDictionary<string, string> Labels => Configuration.TextMap("Labels");

    /// <summary>The variables that containers inherit, as "NAME=value".</summary>
    public IReadOnlyList<string> Environment => Configuration.Texts("Env");

    /// <summary>When the image was built; null for builds that leave it out so as to be repeatable.</summary>
    public DateTimeOffset? Created => Document.Time("Created");

    /// <summary>
    /// The digest under which <paramref name="repository"/> has this image, "sha256:…"; null when it is not known. Docker Hub's repositories
    /// may be written in full ("docker.io/library/nginx") or in short ("nginx").
    /// </summary>
    public string? DigestIn(string repository)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var prefix = InShort(repository) + "@";
        return RepoDigests.FirstOrDefault(held => held.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
    }

    // The engine lists Docker Hub's repositories in their short form only.
    private static string InShort(string repository)
    {
        var isHub = repository.StartsWith("docker.io/", StringComparison.Ordinal) || repository.StartsWith("index.docker.io/", StringComparison.Ordinal);
        var path = isHub ? repository[(repository.IndexOf('/') + 1)..] : repository;
        return isHub && path.StartsWith("library/", StringComparison.Ordinal) ? path["library/".Length..] : path;
    }

    private static IEnumerable<int> ReadTcpPorts(JsonObject configuration) =>
        (configuration.Object("ExposedPorts") ?? [])
        .Select(port => port.Key.Split('/'))
        .Where(parts => parts is [_] or [_, "tcp"])
        .Select(parts => int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0)
        .Where(port => port is > 0 and <= 65535)
        .Distinct()
        .Order();
}
