using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Plimsoll.Registry.Transport;

/// <summary>Says in words why a certificate is not trusted; the platform's own exception names only flags.</summary>
internal sealed class CertificateRefusedException(string message) : AuthenticationException(message)
{
    public static CertificateRefusedException For(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, bool hasOwnAuthorities)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return new CertificateRefusedException("it shows no certificate");
        }

        var states = chain?.ChainStatus.Select(state => state.Status).ToList() ?? [];
        if (states.Contains(X509ChainStatusFlags.NotTimeValid))
        {
            return new CertificateRefusedException("its certificate has expired or is not valid yet");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return new CertificateRefusedException("its certificate was issued for another name");
        }

        return new CertificateRefusedException(hasOwnAuthorities
            ? "its certificate comes neither from an authority that this machine knows nor from one that was given for this registry"
            : "its certificate comes from an authority that this machine does not know; give its authority (CA) with the registry, or add it to the system's certificates");
    }
}
