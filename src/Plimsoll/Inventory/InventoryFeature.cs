using Plimsoll.Inventory.Statistics;

namespace Plimsoll.Inventory;

/// <summary>What is there: the program's own health, what the instances use, and later every container of the engine.</summary>
internal static class InventoryFeature
{
    public static IServiceCollection AddInventory(this IServiceCollection services) => services
        .AddSingleton<InstanceStatistics>()
        .AddHostedService(provider => provider.GetRequiredService<InstanceStatistics>());

    public static void MapInventory(this IEndpointRouteBuilder routes) => HealthEndpoints.Map(routes);
}
