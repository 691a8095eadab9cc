using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Plimsoll.Docker;

/// <summary>
/// The TLS settings of an endpoint, read from its certificate folder: <c>ca.pem</c> replaces the system's trusted authorities,
/// <c>cert.pem</c> with <c>key.pem</c> is the client's own certificate. Read for each connection, so that renewed files take effect.
/// </summary>
internal static class EngineCertificates
{
    public static SslClientAuthenticationOptions For(DockerEndpoint endpoint)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = endpoint.Host };
        if (endpoint.CertificatePath is { } folder)
        {
            options.ClientCertificateContext = ReadClient(folder);
            options.CertificateChainPolicy = ReadAuthority(folder);
        }

        if (!endpoint.VerifiesServer)
        {
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        }

        return options;
    }

    private static SslStreamCertificateContext? ReadClient(string folder)
    {
        var certificate = Path.Combine(folder, "cert.pem");
        var key = Path.Combine(folder, "key.pem");
        if (!File.Exists(certificate) && !File.Exists(key))
        {
            return null;
        }

        var own = X509Certificate2.CreateFromPemFile(certificate, key);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(certificate);
        return SslStreamCertificateContext.Create(own, chain, offline: true);
    }

    private static X509ChainPolicy? ReadAuthority(string folder)
    {
        var authority = Path.Combine(folder, "ca.pem");
        if (!File.Exists(authority))
        {
            return null;
        }

        // A private authority of this kind publishes no revocation lists.
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPemFile(authority);
        return policy;
    }
}
