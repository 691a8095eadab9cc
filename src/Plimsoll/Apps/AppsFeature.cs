using Microsoft.Extensions.DependencyInjection.Extensions;
using Plimsoll.Access.Projects;
using Plimsoll.Apps.Api;
using Plimsoll.Apps.Credentials;
using Plimsoll.Apps.Seed;
using Plimsoll.Plumbing.Config;
using Plimsoll.Registry;

namespace Plimsoll.Apps;

/// <summary>What should run: projects, stages, registries, settings, and the file they can be imported from.</summary>
internal static class AppsFeature
{
    /// <summary>Needs <c>Store</c>, <c>SecretBox</c>, <c>EventLog</c> and <see cref="TimeProvider"/> as singletons.</summary>
    public static IServiceCollection AddApps(this IServiceCollection services)
    {
        services.AddSingleton<SettingsStore>();
        services.AddSingleton<NpmAccessStore>();
        services.AddSingleton<RegistryStore>();
        services.AddSingleton<ProjectStore>();
        services.AddSingleton<StageStore>();
        services.AddSingleton<AppsChanges>();
        services.AddSingleton<RegistryChanges>();
        services.AddSingleton<SeedWriter>();
        services.AddSingleton<SeedImport>();
        services.AddSingleton<ProjectViews>();
        services.AddSingleton<IProjectPlace, ProjectInPath>();
        services.AddRegistryAccess();
        // A body that cannot be read comes to ProblemAnswers as an exception, and so gets the envelope, instead of an empty 400.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        return services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, AppsJson.Default));
    }

    private static void AddRegistryAccess(this IServiceCollection services)
    {
        services.TryAddSingleton(new EcrOptions());
        services.AddSingleton<EcrPasswords>();
        services.AddSingleton<CredentialHelper>();
        services.AddSingleton(provider => new DockerConfigOptions(provider.GetRequiredService<ServeOptions>().DockerConfigPath));
        services.AddSingleton<DockerConfig>();
        services.AddSingleton<RegistryCredentials>();
        services.AddSingleton<RegistryPaces>();
        services.AddSingleton<RegistryCoolDownStore>();
        services.AddSingleton<RegistryNews>();
        services.AddHostedService(provider => provider.GetRequiredService<RegistryNews>());
        services.TryAddSingleton(MakeClient);
    }

    private static RegistryClient MakeClient(IServiceProvider services)
    {
        var news = services.GetRequiredService<RegistryNews>();
        var options = new RegistryClientOptions
        {
            PaceOf = services.GetRequiredService<RegistryPaces>().Of,
            OnCoolDown = news.Note,
            OnCredentialRefused = news.Note,
        };
        var client = new RegistryClient(options, services.GetRequiredService<TimeProvider>());
        news.Restore(client);
        return client;
    }

    /// <summary>Imports the seed file on first launch. A mistake in it stops the start; nothing is half-imported.</summary>
    public static async Task PrepareAppsAsync(IServiceProvider services, string? seedPath, CancellationToken cancellationToken)
    {
        if (seedPath is not null)
        {
            await services.GetRequiredService<SeedImport>().ImportOnFirstLaunchAsync(seedPath, cancellationToken);
        }
    }

    public static IEndpointRouteBuilder MapApps(this IEndpointRouteBuilder routes)
    {
        routes.MapProjects();
        routes.MapRegistries();
        routes.MapSettings();
        routes.MapPolicies();
        routes.MapImport();
        return routes;
    }
}
