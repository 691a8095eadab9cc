using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Plimsoll.Registry.Transport;

/// <summary>Says in words why a certificate is not trusted; the platform's own exception names only flags.</summary>
internal sealed class CertificateRefusedException(string message) : AuthenticationException(message)
{
    public static CertificateRefusedException For(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
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

        return new CertificateRefusedException(
            "its certificate comes from an authority that this machine does not know; add the authority to the system's certificates or name it in SSL_CERT_FILE");
    }
}
