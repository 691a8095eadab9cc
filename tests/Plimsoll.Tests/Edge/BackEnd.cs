using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Plimsoll.Tests.Edge;

/// <summary>A real web server on a free loopback port that stands for an instance.</summary>
internal sealed class BackEnd : IAsyncDisposable
{
    private readonly WebApplication _application;

    private BackEnd(WebApplication application, Uri address)
    {
        _application = application;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<BackEnd> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server => server.Limits.MaxRequestBodySize = null).UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        var application = builder.Build();
        application.UseWebSockets();
        application.Run(answer);
        await application.StartAsync(TestContext.Current.CancellationToken);
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new BackEnd(application, new Uri(addresses.Single()));
    }

    public static Task<BackEnd> SayingAsync(string text) => StartAsync(context => context.Response.WriteAsync(text, context.RequestAborted));

    /// <summary>Stops at once, as a container does that is killed: open requests are torn off.</summary>
    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}
