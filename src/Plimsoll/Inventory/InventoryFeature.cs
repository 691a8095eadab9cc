namespace Plimsoll.Inventory;

/// <summary>What is there: the program's own health, and later every container of the engine.</summary>
internal static class InventoryFeature
{
    public static void MapInventory(this IEndpointRouteBuilder routes) => HealthEndpoints.Map(routes);
}
