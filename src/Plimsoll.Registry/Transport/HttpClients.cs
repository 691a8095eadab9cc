using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Plimsoll.Registry.Transport;

/// <summary>
/// The platform's clients: one for all requests that trust what the system trusts, and one for each set of further authorities, so that an
/// authority vouches only in requests that were made with it.
/// </summary>
internal sealed class HttpClients(RegistryClientOptions options) : IDisposable
{
    private const int MostKept = 64;
    private const int LongestHeadersKilobytes = 64;
    private const int MostConnectionsPerServer = 64;
    private static readonly TimeSpan longestConnect = TimeSpan.FromSeconds(10);

    private readonly HttpClient common = Create(options, null);

    // One that is forgotten closes its connections by itself when they have been idle for a minute.
    private readonly BoundedMemory<string, HttpClient> special = new(MostKept);
    private readonly Lock gate = new();

    public HttpClient For(RegistryAccess access)
    {
        if (string.IsNullOrEmpty(access.Authorities))
        {
            return common;
        }

        lock (gate)
        {
            if (!special.TryGet(access.Authorities, out var client))
            {
                client = Create(options, access.Authorities);
                special.Set(access.Authorities, client);
            }

            return client;
        }
    }

    public void Dispose()
    {
        common.Dispose();
        foreach (var client in special.Values)
        {
            client.Dispose();
        }
    }

    private static HttpClient Create(RegistryClientOptions options, string? authorities)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None, // A digest is of the bytes as they were pushed.
            ConnectTimeout = options.RequestTimeout < longestConnect ? options.RequestTimeout : longestConnect,
            MaxConnectionsPerServer = MostConnectionsPerServer,
            MaxResponseHeadersLength = LongestHeadersKilobytes,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // A registry that moves to another address is found again.
            Proxy = new LoopbackDirectProxy(HttpClient.DefaultProxy),
        };
        var trust = new CertificateTrust(Read(authorities));
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            trust.Accept(certificate, chain, errors);
        options.ConfigureHandler?.Invoke(handler);
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static X509Certificate2Collection Read(string? authorities)
    {
        var certificates = new X509Certificate2Collection();
        if (authorities is not null)
        {
            certificates.ImportFromPem(authorities);
        }

        return certificates;
    }
}
