namespace Plimsoll.Edge;

/// <summary>The built-in proxy: routes live in <see cref="Router"/>, traffic arrives at <see cref="EdgeServer"/>.</summary>
internal static class EdgeFeature
{
    /// <summary>Starts and stops the proxy with the program. Needs a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddEdge(this IServiceCollection services, EdgeOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<Router>();
        services.AddSingleton<EdgeServer>();
        services.AddHostedService(provider => provider.GetRequiredService<EdgeServer>());
        return services;
    }
}
