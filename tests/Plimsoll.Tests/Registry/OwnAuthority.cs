using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Plimsoll.Tests.Registry;

/// <summary>A small certificate authority that no system knows.</summary>
internal sealed class OwnAuthority : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 root;

    public OwnAuthority()
    {
        var request = new CertificateRequest("CN=Tests' own authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddYears(1));
    }

    public string Pem => root.ExportCertificatePem();

    public string PrivateKeyPem => key.ExportPkcs8PrivateKeyPem();

    /// <summary>A certificate for a name and for 127.0.0.1, good for a year back and until then.</summary>
    public X509Certificate2 Issue(string name, DateTimeOffset? until = null, bool forLoopback = true)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (forLoopback)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(root, DateTimeOffset.UtcNow.AddYears(-1), until ?? DateTimeOffset.UtcNow.AddMonths(1), RandomNumberGenerator.GetBytes(8));
        using var whole = issued.CopyWithPrivateKey(own);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null);
    }

    public void Dispose()
    {
        root.Dispose();
        key.Dispose();
    }
}
