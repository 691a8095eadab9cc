using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Plimsoll.EngineTests.Support;

/// <summary>A real HTTP server on a free loopback port inside the test, for what is on the other side of the program: receivers of hooks, upstreams.</summary>
public sealed class LocalServer : IAsyncDisposable
{
    private readonly WebApplication application;

    private LocalServer(WebApplication application) => this.application = application;

    public Uri Address => new(application.Urls.Single());

    /// <param name="port">0: any that is free.</param>
    public static async Task<LocalServer> StartAsync(RequestDelegate answer, CancellationToken cancellationToken, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add($"http://127.0.0.1:{port}");
        application.Run(answer);
        await application.StartAsync(cancellationToken);
        return new LocalServer(application);
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
