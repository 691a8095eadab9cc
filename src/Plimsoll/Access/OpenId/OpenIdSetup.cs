using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Plimsoll.Plumbing.Config;
using Plimsoll.Plumbing.Secrets;

namespace Plimsoll.Access.OpenId;

/// <summary>Puts the handler in place where the environment names a provider.</summary>
internal static class OpenIdSetup
{
    public static void AddOpenId(this IServiceCollection services)
    {
        services.AddSingleton<OpenIdArrival>();
        services.AddTransient<OpenIdHandler>();
        services.AddOptions<AuthenticationOptions>().Configure<IServiceProvider>((authentication, provider) =>
        {
            if (provider.GetService<ServeOptions>()?.OpenId is not null)
            {
                authentication.AddScheme<OpenIdHandler>(OpenIdHandler.SchemeName, displayName: null);
            }
        });
        services.AddOptions<OpenIdOptions>(OpenIdHandler.SchemeName).Configure<IServiceProvider>(Configure);
    }

    private static void Configure(OpenIdOptions options, IServiceProvider services)
    {
        var settings = services.GetRequiredService<ServeOptions>().OpenId!;
        var time = services.GetRequiredService<TimeProvider>();
        options.Provider = new OpenIdProvider(settings, time);
        options.TimeProvider = time;
        options.ClientId = settings.ClientId;
        options.CallbackPath = OpenIdHandler.Callback;
        options.UsePkce = true;
        options.StateDataFormat = new SealedState(services.GetRequiredService<SecretBox>(), time);
        options.RemoteAuthenticationTimeout = SealedState.Lifetime;
        options.Backchannel = options.Provider.Http;
        foreach (var scope in settings.Scopes)
        {
            options.Scope.Add(scope);
        }

        // Lax, because the way back begins at the provider; and also without TLS, which the framework's own choice would not allow.
        options.CorrelationCookie.Name = "plimsoll_openid_";
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Events = new OAuthEvents
        {
            OnTicketReceived = context => context.HttpContext.RequestServices.GetRequiredService<OpenIdArrival>().ReceiveAsync(context),
            OnRemoteFailure = context => context.HttpContext.RequestServices.GetRequiredService<OpenIdArrival>().FailAsync(context),
        };
    }
}
