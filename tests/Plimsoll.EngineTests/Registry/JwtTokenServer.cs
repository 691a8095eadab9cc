using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Plimsoll.EngineTests.Registry;

/// <summary>A token server that docker-registry trusts: it signs what is asked for, for one user; anybody else gets an empty token.</summary>
internal sealed class JwtTokenServer : IAsyncDisposable
{
    private const string Issuer = "plimsoll tests";
    private const string Service = "test registry";

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 certificate;
    private readonly WebApplication application;
    private readonly string userHeader;

    private JwtTokenServer(string user, string password)
    {
        userHeader = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        var request = new CertificateRequest("CN=plimsoll tests", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        application = builder.Build();
        application.Run(AnswerAsync);
    }

    public string Host { get; private set; } = "";

    public int Issued { get; private set; }

    public static async Task<JwtTokenServer> StartAsync(string user, string password)
    {
        var server = new JwtTokenServer(user, password);
        await server.application.StartAsync(TestContext.Current.CancellationToken);
        var addresses = server.application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Host = new Uri(addresses.Addresses.Single()).Authority;
        return server;
    }

    /// <summary>The "auth" section of a registry that trusts this server.</summary>
    public async Task<string> TrustAsync(DirectoryInfo folder)
    {
        var path = Path.Combine(folder.FullName, "root.pem");
        await File.WriteAllTextAsync(path, certificate.ExportCertificatePem());
        return $"auth:\n  token:\n    realm: http://{Host}/token\n    service: {Service}\n    issuer: {Issuer}\n    rootcertbundle: {path}";
    }

    public string Sign(string repository, params string[] actions)
    {
        Issued++;
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var access = actions.Length == 0
            ? ""
            : $$"""{"type":"repository","name":"{{repository}}","actions":["{{string.Join("\",\"", actions)}}"]}""";
        var header = $$"""{"typ":"JWT","alg":"ES256","x5c":["{{Convert.ToBase64String(certificate.RawData)}}"]}""";
        var claims = $$"""
            {"iss":"{{Issuer}}","sub":"","aud":"{{Service}}","exp":{{now + 300}},"nbf":{{now - 60}},"iat":{{now}},"jti":"{{Guid.NewGuid()}}","access":[{{access}}]}
            """;
        var text = $"{Encode(Encoding.UTF8.GetBytes(header))}.{Encode(Encoding.UTF8.GetBytes(claims))}";
        return $"{text}.{Encode(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
    }

    public async ValueTask DisposeAsync()
    {
        await application.StopAsync(CancellationToken.None);
        await application.DisposeAsync();
        certificate.Dispose();
        key.Dispose();
    }

    private Task AnswerAsync(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (authorization.Length > 0 && authorization != userHeader)
        {
            context.Response.StatusCode = 401;
            return context.Response.WriteAsync("""{"details":"incorrect username or password"}""");
        }

        var scope = context.Request.Query["scope"].ToString().Split(':');
        var token = authorization.Length > 0 && scope is [_, var repository, "pull"] ? Sign(repository, "pull") : Sign("");
        return context.Response.WriteAsync($$"""{"token":"{{token}}","expires_in":300}""");
    }

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
