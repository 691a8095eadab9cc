using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Plimsoll.Registry.Transport;

/// <summary>Decides about a server's certificate: what the system trusts is good, and so is what the given authorities vouch for.</summary>
internal sealed class CertificateTrust(X509Certificate2Collection authorities)
{
    private static readonly Oid serverAuthentication = new("1.3.6.1.5.5.7.3.1");

    /// <exception cref="CertificateRefusedException">It is not trusted; the message says why.</exception>
    public bool Accept(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        // Only a missing authority can be made up for; a certificate for another name stays one.
        if (authorities.Count == 0 || errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null)
        {
            throw CertificateRefusedException.For(certificate, chain, errors, authorities.Count > 0);
        }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(authorities);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.DisableCertificateDownloads = true;
        own.ChainPolicy.ApplicationPolicy.Add(serverAuthentication);
        foreach (var element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            own.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        using var leaf = new X509Certificate2(certificate);
        return own.Build(leaf) ? true : throw CertificateRefusedException.For(certificate, own, errors, true);
    }
}
