using Plimsoll.Registry.Authentication;
using Plimsoll.Registry.Manifests;
using Plimsoll.Registry.Tags;
using Plimsoll.Registry.Traffic;
using Plimsoll.Registry.Transport;

namespace Plimsoll.Registry;

/// <summary>
/// Reads from any OCI registry: Docker Hub, GHCR, GitLab, Gitea, Harbor, Quay, ECR, a plain one on this machine. One instance serves
/// all of them and every thread, and keeps tokens and connections; make one and keep it. It never writes to a registry.
/// Every failure is a <see cref="RegistryException"/>, except the caller's own cancellation.
/// </summary>
public sealed class RegistryClient : IAsyncDisposable
{
    private readonly TrafficRules traffic;
    private readonly HttpExchange exchange;
    private readonly TokenSource tokens;
    private readonly ManifestSource manifests;
    private readonly PlatformManifests images;
    private readonly ConfigurationSource configurations;
    private readonly TagSource tags;
    private readonly ConnectionTest test;

    /// <summary>Opens nothing yet.</summary>
    public RegistryClient(RegistryClientOptions options, TimeProvider time)
    {
        traffic = new TrafficRules(options, time);
        exchange = new HttpExchange(options, traffic, time);
        tokens = new TokenSource(exchange, traffic, time);
        var authenticator = new Authenticator(new RegistryConnection(exchange, traffic, time), tokens, options);
        manifests = new ManifestSource(authenticator, traffic, options, time);
        images = new PlatformManifests(manifests);
        configurations = new ConfigurationSource(images, authenticator, options, time);
        tags = new TagSource(authenticator, options, time);
        test = new ConnectionTest(authenticator, time);
    }

    /// <summary>
    /// What the reference stands for now; "latest" where it names neither tag nor digest. Costs one HEAD, which registries do not count
    /// as a pull, unless the registry does not tell the digest that way.
    /// </summary>
    public Task<ManifestDescriptor> ResolveAsync(ImageReference reference, RegistryAccess? access, CancellationToken cancellationToken) =>
        manifests.ResolveAsync(reference, RequestTarget.For(reference, access), cancellationToken);

    /// <summary>
    /// Every tag of the repository, in the registry's order, which is that of the alphabet and not of time. Tag and digest of the
    /// reference are not looked at. Fails at the end, after the tags so far, where there are more than the options allow.
    /// </summary>
    public IAsyncEnumerable<string> ListTagsAsync(ImageReference repository, RegistryAccess? access, CancellationToken cancellationToken) =>
        tags.ListAsync(RequestTarget.For(repository, access, repository.Name), cancellationToken);

    /// <summary>
    /// The image's configuration for a platform. Reads one or two manifests, and Docker Hub counts each as a pull: ask when a digest is
    /// new, not on every look.
    /// </summary>
    public Task<ImageConfiguration> ReadConfigurationAsync(
        ImageReference reference, Platform platform, RegistryAccess? access, CancellationToken cancellationToken) =>
        configurations.ReadAsync(reference, platform, RequestTarget.For(reference, access), cancellationToken);

    /// <summary>
    /// How many bytes a pull for a platform has to fetch when the engine has nothing of the image yet: its layers as they travel, which is
    /// compressed. Null where the manifest does not tell. Costs as much as <see cref="ReadConfigurationAsync"/>.
    /// </summary>
    public async Task<long?> ReadSizeAsync(ImageReference reference, Platform platform, RegistryAccess? access, CancellationToken cancellationToken) =>
        (await images.FindAsync(reference, platform, RequestTarget.For(reference, access), cancellationToken)).Image.LayerBytes;

    /// <summary>
    /// Tries to reach and sign in to a registry, written as in a reference ("ghcr.io", "localhost:5000"). What goes wrong is in the report,
    /// not thrown. A registry that wants to be left alone is asked all the same; where it answers, its cool-down is over.
    /// </summary>
    /// <param name="repository">A repository there that should be readable; its tags are asked for to see whether the credential may. Null: only the sign-in is tried.</param>
    public async Task<ConnectionReport> TestConnectionAsync(
        string registryHost, RegistryAccess? access, CancellationToken cancellationToken, string? repository = null)
    {
        var report = await test.RunAsync(registryHost, access ?? RegistryAccess.Anonymous, repository, cancellationToken);
        if (report.Succeeded)
        {
            traffic.EndCoolDown(report.Registry);
        }

        return report;
    }

    /// <summary>How a registry, by its canonical name, and this client get along.</summary>
    public RegistryTraffic TrafficOf(string registry) => traffic.Of(registry);

    /// <summary>Leaves a registry alone, as it asked for in an earlier run of the program; at most six hours.</summary>
    public void CoolDown(string registry, DateTimeOffset until, string reason) => traffic.CoolDown(registry, until, reason);

    /// <summary>Closes all connections. Whoever still waits gets an <see cref="OperationCanceledException"/> or an unreachable registry.</summary>
    public async ValueTask DisposeAsync()
    {
        await tokens.DisposeAsync();
        exchange.Dispose();
    }
}
