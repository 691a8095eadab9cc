using Plimsoll.Candidates.Schedules;
using Plimsoll.Decisions.Containers;
using Plimsoll.Inventory.Containers;
using Plimsoll.Inventory.Containers.Api;
using Plimsoll.Inventory.Statistics;

namespace Plimsoll.Inventory;

/// <summary>What is there: the program's own health, every container of the engine, and what the instances use.</summary>
internal static class InventoryFeature
{
    public static IServiceCollection AddInventory(this IServiceCollection services) => services
        .AddSingleton<ContainerReader>()
        .AddSingleton<ContainerRegistries>()
        .AddSingleton<FindingStore>()
        .AddSingleton<ContainerJudge>()
        .AddSingleton<ContainerScan>()
        .AddSingleton<IContainerLook>(provider => provider.GetRequiredService<ContainerScan>())
        .AddSingleton<ContainerViews>()
        .AddSingleton<IJobPart, ContainerScanPart>()
        .AddHostedService<ContainerWaits>()
        .AddSingleton<InstanceStatistics>()
        .AddHostedService(provider => provider.GetRequiredService<InstanceStatistics>())
        .ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, InventoryJson.Default));

    public static void MapInventory(this IEndpointRouteBuilder routes)
    {
        HealthEndpoints.Map(routes);
        ContainerEndpoints.Map(routes);
    }
}
