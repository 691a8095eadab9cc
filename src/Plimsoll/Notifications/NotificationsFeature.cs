using Plimsoll.Notifications.Api;

namespace Plimsoll.Notifications;

/// <summary>Tell: what happened, to people and programs.</summary>
internal static class NotificationsFeature
{
    public static IServiceCollection AddNotifications(this IServiceCollection services) => services.AddHostedService<EventLogger>()
        .ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, NotificationsJson.Default));

    public static void MapNotifications(this IEndpointRouteBuilder routes) => EventEndpoints.Map(routes);
}
