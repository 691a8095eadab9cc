namespace Plimsoll.Registry;

/// <summary>The limits of a <see cref="RegistryClient"/>. Everything a registry sends is bounded by one of these.</summary>
public sealed record RegistryClientOptions
{
    /// <summary>What registries see in their logs.</summary>
    public string UserAgent { get; init; } = "plimsoll";

    /// <summary>For one request with its redirects and its whole body, not for an operation of several requests.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Also the limit for an image's configuration. Registries themselves refuse manifests above 4 MiB.</summary>
    public int MaxManifestBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Pages of tags followed for one repository.</summary>
    public int MaxTagPages { get; init; } = 500;

    /// <summary>Tags read from one repository. Beyond it the listing fails rather than pretending to be whole.</summary>
    public int MaxTags { get; init; } = 200_000;

    /// <summary>One page of tags; old registries send every tag in one page.</summary>
    public int MaxTagPageBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// "host:port" of token servers that may be asked although they are written as a private, link-local or loopback address. Without it such
    /// an address is only asked when it is the registry itself: a registry could otherwise point at anything inside the network.
    /// </summary>
    public IReadOnlySet<string> TrustedTokenServers { get; init; } = new HashSet<string>();

    /// <summary>Told each time a refused credential was passed over because the image is public. Must be quick and must not throw.</summary>
    public Action<CredentialRefusal>? OnCredentialRefused { get; init; }

    /// <summary>How fast a registry, by its canonical name, may be asked; null, or an answer of null, sets no bound. Asked before each request.</summary>
    public Func<string, RegistryPace?>? PaceOf { get; init; }

    /// <summary>Told when a cool-down begins, grows or is ended before its time; not when its time is over. Must be quick and must not throw.</summary>
    public Action<RegistryCoolDown>? OnCoolDown { get; init; }

    /// <summary>For a whole list of tags, however many pages it has.</summary>
    public TimeSpan ListingTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Lets tests give names and certificates to servers on this machine.</summary>
    internal Action<SocketsHttpHandler>? ConfigureHandler { get; init; }
}
