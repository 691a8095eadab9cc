using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Plimsoll.Tests.Registry;

/// <summary>
/// A web server on a free port of this machine that answers as a test tells it to. It stands in for registries that cannot run here,
/// with the habits that make them differ from the standard.
/// </summary>
internal sealed class RegistryDouble : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly ConcurrentQueue<SeenRequest> requests = new();

    private RegistryDouble(WebApplication application) => this.application = application;

    public RequestDelegate Answer { get; set; } = context =>
    {
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    };

    public int Port { get; private set; }

    /// <summary>Address and port as they stand in an image reference.</summary>
    public string Host => $"127.0.0.1:{Port}";

    public string Origin { get; private set; } = "";

    public IReadOnlyList<SeenRequest> Requests => [.. requests];

    public IReadOnlyList<string> Lines => [.. requests.Select(request => request.ToString())];

    public static async Task<RegistryDouble> StartAsync(RequestDelegate? answer = null, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
            options.Listen(IPAddress.Loopback, 0, listen =>
            {
                if (certificate is not null)
                {
                    listen.UseHttps(certificate);
                }
            }));
        var application = builder.Build();
        var server = new RegistryDouble(application);
        if (answer is not null)
        {
            server.Answer = answer;
        }

        application.Run(server.HandleAsync);
        await application.StartAsync(TestContext.Current.CancellationToken);
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Origin = addresses.Addresses.Single();
        server.Port = new Uri(server.Origin).Port;
        return server;
    }

    public static X509Certificate2 SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    public async ValueTask DisposeAsync()
    {
        await application.StopAsync(CancellationToken.None);
        await application.DisposeAsync();
    }

    private Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        requests.Enqueue(new SeenRequest(
            request.Method,
            request.Host.Value ?? "",
            request.Path,
            request.QueryString.Value ?? "",
            request.Headers.Authorization.FirstOrDefault(),
            [.. request.Headers.Accept.SelectMany(value => (value ?? "").Split(", "))]));
        return Answer(context);
    }
}
