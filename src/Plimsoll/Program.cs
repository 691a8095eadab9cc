using Plimsoll.Access;
using Plimsoll.Apps;
using Plimsoll.Candidates;
using Plimsoll.Decisions;
using Plimsoll.Deployments;
using Plimsoll.Edge;
using Plimsoll.Inventory;
using Plimsoll.Notifications;
using Plimsoll.Plumbing;
using Plimsoll.Plumbing.Cli;
using Plimsoll.Plumbing.Config;
using Plimsoll.Plumbing.Dashboard;
using Plimsoll.Plumbing.Http;

return await CommandLine.RunAsync(args, ServeAsync);

static async Task ServeAsync(ServeOptions options, CancellationToken cancellationToken)
{
    using var folder = DataFolder.Claim(options.DataFolder);
    ListenCheck.EnsureFree(options.Listen, EnvironmentSettings.Listen);
    ListenCheck.EnsureFree(options.ProxyListen, EnvironmentSettings.ProxyListen);
    var builder = WebApplication.CreateSlimBuilder();

    builder.AddPlumbing(options);
    builder.Services
        // Services stop in the reverse order of this list: the proxy serves for as long as anything else is still at work.
        .AddEdge(new EdgeOptions { Listen = options.ProxyListen, TrustedProxies = options.TrustedProxies })
        .AddAccess()
        .AddApps()
        .AddCandidates()
        .AddDecisions()
        .AddDeployments()
        .AddInventory()
        .AddNotifications()
        .AddApiDescription();

    await using var app = builder.Build();
    await PlumbingFeature.PrepareStoreAsync(app.Services, cancellationToken);
    await AppsFeature.PrepareAppsAsync(app.Services, options.SeedPath, cancellationToken);
    await AccessFeature.PrepareAccessAsync(app.Services, cancellationToken);
    await CandidatesFeature.PrepareCandidatesAsync(app.Services, cancellationToken);
    await DeploymentsFeature.PrepareDeploymentsAsync(app.Services, cancellationToken);

    app.UsePlumbing();
    app.UseAccess();

    app.MapAccess();
    app.MapApps();
    app.MapCandidates();
    app.MapDecisions();
    app.MapDeployments();
    app.MapEdge();
    app.MapInventory();
    app.MapNotifications();
    app.MapApiDescription();
    app.MapDashboard();

    await app.RunUntilStoppedAsync(options, cancellationToken);
}
