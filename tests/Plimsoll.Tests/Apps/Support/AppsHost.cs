using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plimsoll.Access;
using Plimsoll.Apps;
using Plimsoll.Docker;
using Plimsoll.Plumbing.Config;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;
using Plimsoll.Plumbing.Secrets;

namespace Plimsoll.Tests.Apps.Support;

/// <summary>The chapter behind a real door on a free port, with a caller of each role.</summary>
internal sealed class AppsHost : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly string _folder;

    private AppsHost(WebApplication application, string folder)
    {
        _application = application;
        _folder = folder;
    }

    public HttpClient Nobody { get; private set; } = null!;

    public HttpClient Viewer { get; private set; } = null!;

    public HttpClient Operator { get; private set; } = null!;

    public HttpClient Admin { get; private set; } = null!;

    public T Get<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();

    /// <param name="add">What a later chapter needs beside this one.</param>
    /// <param name="map">The endpoints of that chapter.</param>
    public static async Task<AppsHost> StartAsync(Action<IServiceCollection>? add = null, Action<IEndpointRouteBuilder>? map = null)
    {
        var folder = Directory.CreateTempSubdirectory("plimsoll-apps-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services
            .AddSingleton(new ServeOptions
            {
                DataFolder = folder,
                Listen = new Uri("http://127.0.0.1:0"),
                ProxyListen = new Uri("http://127.0.0.1:0"),
                Engine = DockerEndpoint.Parse("unix:///nowhere.sock"),
            })
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new SecretBox(EncryptionKey.FromText("a key for tests")))
            .AddSingleton(new Store(Path.Combine(folder, "plimsoll.db")))
            .AddSingleton<EventLog>()
            .AddAccess()
            .AddApps();
        add?.Invoke(builder.Services);
        var application = builder.Build();
        await Migrations.ApplyAsync(application.Services.GetRequiredService<Store>(), TestContext.Current.CancellationToken);
        application.UseMiddleware<ProblemAnswers>();
        application.UseAccess();
        application.MapApps();
        map?.Invoke(application);
        await application.StartAsync(TestContext.Current.CancellationToken);

        var host = new AppsHost(application, folder);
        host.Nobody = host.Client(null);
        host.Viewer = host.Client(await host.TokenAsync("viewer"));
        host.Operator = host.Client(await host.TokenAsync("operator"));
        host.Admin = host.Client(await host.TokenAsync("admin"));
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in new[] { Nobody, Viewer, Operator, Admin })
        {
            client.Dispose();
        }

        await _application.StopAsync(CancellationToken.None);
        await _application.Services.GetRequiredService<Store>().DisposeAsync();
        await _application.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> TokenAsync(string role)
    {
        var made = await Get<TokenChanges>().AddAsync(
            $"test {role}", role, null, new Caller("tests", Role.Admin, SignInWay.Token), TestContext.Current.CancellationToken);
        return made.Value.Secret.Text;
    }

    private HttpClient Client(string? token)
    {
        var client = new HttpClient { BaseAddress = new Uri(_application.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
