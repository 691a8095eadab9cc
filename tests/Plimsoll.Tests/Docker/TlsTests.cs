using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Plimsoll.Docker;

namespace Plimsoll.Tests.Docker;

public sealed class TlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plimsoll-certs-");
    private readonly X509Certificate2 _authority = Authority("CN=test authority");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_sides_show_certificates_of_the_folders_authority()
    {
        WriteFolder(_authority);
        await using var server = await SecureServerAsync();
        await using var client = new DockerEngine(Address(server, verify: true), TimeProvider.System);

        (await client.System.PingAsync(Token)).ToString().ShouldBe("1.41");
    }

    [Fact]
    public async Task A_server_of_another_authority_is_refused()
    {
        using var other = Authority("CN=another authority");
        WriteFolder(other);
        await using var server = await SecureServerAsync();
        await using var client = new DockerEngine(Address(server, verify: true), TimeProvider.System);

        var fault = await Should.ThrowAsync<DockerUnavailableException>(client.System.PingAsync(Token));

        fault.Message.ShouldContain("no secure connection");
        fault.Message.ShouldContain(_folder.FullName);
        fault.OutcomeIsUnknown.ShouldBeFalse();
    }

    [Fact]
    public async Task Without_the_switch_the_server_is_not_verified_as_the_docker_tools_do()
    {
        WriteFolder(_authority, authorityFile: Authority("CN=unrelated"));
        await using var server = await SecureServerAsync();
        await using var client = new DockerEngine(Address(server, verify: false), TimeProvider.System);

        (await client.System.PingAsync(Token)).ShouldBe(ApiVersion.Oldest);
    }

    [Fact]
    public async Task Certificates_renewed_on_disk_take_effect_at_the_next_connection()
    {
        using var other = Authority("CN=another authority");
        WriteFolder(other);
        await using var server = await SecureServerAsync();
        await using var client = new DockerEngine(Address(server, verify: true), TimeProvider.System);
        await Should.ThrowAsync<DockerUnavailableException>(client.System.PingAsync(Token));

        WriteFolder(_authority);

        (await client.System.PingAsync(Token)).ShouldBe(ApiVersion.Oldest);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(authority, DateTimeOffset.UtcNow.AddMinutes(-4), DateTimeOffset.UtcNow.AddHours(1), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    private void WriteFolder(X509Certificate2 authority, X509Certificate2? authorityFile = null)
    {
        using var own = Issue(authority, "CN=client");
        File.WriteAllText(Path.Combine(_folder.FullName, "ca.pem"), (authorityFile ?? authority).ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder.FullName, "cert.pem"), own.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder.FullName, "key.pem"), own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    private Task<EngineDouble> SecureServerAsync()
    {
        var certificate = Issue(_authority, "CN=engine");
        return EngineDouble.StartAsync(options => options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificate,
            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = (shown, _, _) => shown.Subject == "CN=client",
        })));
    }

    private DockerEndpoint Address(EngineDouble server, bool verify) =>
        DockerEndpoint.Parse($"tcp://127.0.0.1:{new Uri(server.Addresses.Single()).Port}", _folder.FullName, verify);
}
