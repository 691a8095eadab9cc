using Plimsoll.Docker;
using Plimsoll.Plumbing.Config;
using Plimsoll.Plumbing.Dashboard;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;
using Plimsoll.Plumbing.Secrets;

namespace Plimsoll.Plumbing;

/// <summary>What all chapters stand on: the store, the secrets, the engine's client, the clock, the answers.</summary>
internal static class PlumbingFeature
{
    public static WebApplicationBuilder AddPlumbing(this WebApplicationBuilder builder, ServeOptions options)
    {
        builder.Logging.ClearProviders().AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.None);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 2 * 1024 * 1024;
            // Gitea can put a whole message into the address of a webhook.
            kestrel.Limits.MaxRequestLineSize = 64 * 1024;
        });
        builder.WebHost.UseUrls(options.Listen.ToString());
        builder.Services
            .AddSingleton(options)
            .AddSingleton(TimeProvider.System)
            .AddTransient<IStartupFilter, EmptyBody>()
            .AddSingleton(provider => OpenKey(options, provider.GetRequiredService<Store>()))
            .AddSingleton<SecretBox>()
            .AddSingleton(provider => new Store(options.StorePath, provider.GetRequiredService<ILogger<Store>>()))
            .AddHostedService<StoreWatch>()
            .AddSingleton<EventLog>()
            .AddSingleton<Stopping>()
            .AddSingleton<DashboardFiles>()
            .AddResponseCompression(compression =>
            {
                // A list of a thousand containers is a megabyte of JSON. Streams are not compressed: each event must go out at once.
                compression.MimeTypes = ["application/json"];
                // Sessions are SameSite cookies, so no other site can mix guesses into somebody's answers and measure their length.
                compression.EnableForHttps = true;
            })
            .AddSingleton(provider => new DockerEngine(options.Engine, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new FaultPoint(options.Faults, options.FaultFolder, provider.GetRequiredService<TimeProvider>()))
            // Longer than deployments and proxy together may take: DeploymentLoop.StopLimit and EdgeOptions.StopLimit.
            .Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(40));
        return builder;
    }

    public static void UsePlumbing(this IApplicationBuilder app) => app.UseResponseCompression().UseMiddleware<ProblemAnswers>();

    /// <summary>Everything that must be right before the first request: folder, store, key. Changes nothing when it refuses.</summary>
    public static async Task PrepareStoreAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<Store>();
        await Migrations.ApplyAsync(store, cancellationToken);
        await KeyCheck.VerifyAsync(store, services.GetRequiredService<SecretBox>(), cancellationToken);
    }

    private static EncryptionKey OpenKey(ServeOptions options, Store store) =>
        options.EncryptionKey is { } text ? EncryptionKey.FromText(text) : EncryptionKey.FromFolder(options.DataFolder, mayMake: !KeyCheck.IsSealed(store));
}
