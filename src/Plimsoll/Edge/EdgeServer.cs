using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Plimsoll.Edge;

/// <summary>
/// The proxy's own web server, apart from the one of dashboard and API: nothing the program serves can be reached through a published
/// name, and no middleware stands between a client and its instance.
/// </summary>
internal sealed class EdgeServer(EdgeOptions options, Router router, StageGates gates, ILoggerFactory loggers, TimeProvider time) : IHostedService, IAsyncDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger<EdgeServer>();
    private WebApplication? _application;

    /// <summary>Where the proxy listens, with the real port where 0 was asked for. Empty while it is not started.</summary>
    public IReadOnlyList<Uri> Addresses { get; private set; } = [];

    /// <exception cref="AddressTakenException">Another program listens there.</exception>
    /// <exception cref="AddressUnusableException">Nobody can listen there.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_application is not null)
        {
            throw new InvalidOperationException("The proxy is already started.");
        }

        var application = Build();
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            await application.DisposeAsync();
            if (ListenAddress.Explain(options.Listen, exception) is { } explained)
            {
                throw explained;
            }

            throw;
        }

        _application = application;
        var addresses = application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        Addresses = [.. addresses.Select(address => new Uri(address))];
        _logger.Listening(string.Join(", ", addresses));
    }

    /// <summary>
    /// Takes no new connections, turns away requests that wait at a paused stage, lets those under way finish within
    /// <see cref="EdgeOptions.StopLimit"/>, then aborts them.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_application is null)
        {
            return;
        }

        var application = _application;
        _application = null;
        Addresses = [];
        using var limit = new CancellationTokenSource(options.StopLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await application.StopAsync(either.Token);
        }
        finally
        {
            await application.DisposeAsync();
        }

        _logger.Stopped();
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private WebApplication Build()
    {
        // Production, whatever the program runs as: in Development the host shows stack traces to clients. An empty builder reads no
        // appsettings and no ASPNETCORE_ variables, so that a setting meant for the dashboard's listener can't move this one.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        var listen = ListenAddress.Parse(options.Listen);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            OpenWide(server);
            listen(server);
        });
        builder.Services.AddHttpForwarder();
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, SilentLifetime>());
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(new QuietLoggers(loggers)));
        builder.Services.AddSingleton(options).AddSingleton(router).AddSingleton(gates).AddSingleton<RequestForwarder>().AddSingleton<RequestGate>();

        // The limit is given to each stop; the host's own must not be shorter.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);

        var application = builder.Build();
        application.Run(application.Services.GetRequiredService<RequestGate>().ServeAsync);
        return application;
    }

    /// <summary>What an instance accepts is the instance's affair: no limit on size or pace of bodies, and header bytes as they came.</summary>
    private static void OpenWide(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestBodySize = null;
        server.Limits.MinRequestBodyDataRate = null;
        server.Limits.MinResponseDataRate = null;
        server.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        server.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        server.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
    }
}
