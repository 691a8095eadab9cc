using Plimsoll.Registry.References;

namespace Plimsoll.Registry.Transport;

/// <summary>Where the API of a registry is: Docker Hub's name and its API's host differ.</summary>
/// <param name="Registry">The canonical name, as in a reference.</param>
/// <param name="Authority">Host and optional port to connect to.</param>
internal sealed record RegistryEndpoint(string Registry, string Authority)
{
    private const string DockerHubApi = "registry-1.docker.io";

    public bool IsLoopback { get; } = RegistryHost.IsLoopback(Registry);

    public static RegistryEndpoint Of(string registry) =>
        new(registry, registry == ImageReference.DockerHub ? DockerHubApi : registry);

    /// <summary>The schemes that may be tried, in order. Registries on this machine hardly ever speak TLS, others nearly always.</summary>
    public IReadOnlyList<string> Schemes(bool allowHttp) => (IsLoopback, allowHttp) switch
    {
        (true, _) => [Uri.UriSchemeHttp, Uri.UriSchemeHttps],
        (false, true) => [Uri.UriSchemeHttps, Uri.UriSchemeHttp],
        (false, false) => [Uri.UriSchemeHttps],
    };

    public Uri Origin(string scheme) => new($"{scheme}://{Authority}/");
}
