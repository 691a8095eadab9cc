using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Plimsoll.Apps.Seed;

namespace Plimsoll.Apps;

/// <summary>
/// Reads the certificates of authorities that a person gives, as PEM or as the path of a file with it. Only certificates are taken over:
/// whatever else a file holds is neither kept nor shown.
/// </summary>
internal static class CertificateText
{
    private const int LongestBytes = 256 * 1024;
    private const int MostCertificates = 20;

    public static readonly string NoCertificate =
        $"Write the authority's certificate in PEM, from -----BEGIN CERTIFICATE----- on (at most {MostCertificates}), or the path of a file that holds it.";

    /// <summary>Certificates in PEM and nothing else; empty when there are none, or too many.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read; the message is a sentence.</exception>
    public static string Normal(string text)
    {
        var pem = text.TrimStart().StartsWith('/') ? Read(text.Trim()) : text;
        return Parse(pem) is { } certificates ? string.Join('\n', certificates.Select(certificate => certificate.ExportCertificatePem())) + "\n" : "";
    }

    /// <summary>Whether this is what <see cref="Normal"/> makes.</summary>
    public static bool IsNormal(string text) => Parse(text) is not null;

    private static X509Certificate2Collection? Parse(string pem)
    {
        if (pem.Length > LongestBytes)
        {
            return null;
        }

        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(pem);
            return certificates.Count is > 0 and <= MostCertificates ? certificates : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string Read(string path)
    {
        try
        {
            return BoundedFile.ReadText(path, LongestBytes);
        }
        catch (Exception problem) when (BoundedFile.IsAboutTheFile(problem))
        {
            throw new InvalidDataException($"{path}: {BoundedFile.Sentence(problem)}", problem);
        }
    }
}
