using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plimsoll.Access.Api;
using Plimsoll.Access.Audit;
using Plimsoll.Access.OpenId;
using Plimsoll.Access.Projects;
using Plimsoll.Access.SecondFactor;
using Plimsoll.Access.Users;
using Plimsoll.Plumbing.Config;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Access;

/// <summary>Who may: users, sessions, tokens and roles.</summary>
internal static class AccessFeature
{
    /// <summary>Needs <c>Store</c>, <c>EventLog</c>, <c>SecretBox</c>, <see cref="ServeOptions"/> and <see cref="TimeProvider"/> as singletons.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<UserStore>().AddSingleton<SessionStore>().AddSingleton<TokenStore>();
        services.AddSingleton<Passwords>().AddSingleton<VerifiedPasswords>().AddSingleton<SignInThrottle>().AddSingleton<FailedSignIns>().AddSingleton<PasswordCheck>();
        services.AddSingleton<LiveSessions>().AddSingleton<SignIns>().AddSingleton<PasswordChange>().AddSingleton<TokenChanges>();
        services.AddSingleton<SetupCode>().AddSingleton<FirstAdmin>().AddSingleton<Setup>().AddSingleton<CommandLineToken>();
        services.AddSingleton<Invitations>().AddSingleton<InvitationAnswer>().AddSingleton<UserChanges>().AddSingleton<SessionChanges>();
        services.AddSingleton<SecondFactorStore>().AddSingleton<SecondFactorCheck>().AddSingleton<SecondFactorChanges>();
        services.AddHttpContextAccessor().AddSingleton<AuditLog>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, AccessJson.Default));
        services.AddScheme();
        services.AddOpenId();
        // The framework's base class tells each wrong token at Information, under the name of our class.
        services.AddLogging(logging => logging.AddFilter(typeof(AuthenticationHandler).FullName, LogLevel.Warning)
            // It tells a failed way back as an error, with what the sender made up; OpenIdArrival has a sentence for it.
            .AddFilter(typeof(OpenIdHandler).FullName, LogLevel.Critical));
        var authorization = services.AddAuthorizationBuilder();
        foreach (var role in Roles.All)
        {
            authorization.AddPolicy(
                Roles.Policy(role),
                policy => policy.RequireAuthenticatedUser().RequireAssertion(context => context.User.FindCaller()?.Role >= role));
        }

        return services;
    }

    /// <summary>Comes after what turns exceptions into answers and before everything that answers.</summary>
    public static WebApplication UseAccess(this WebApplication app)
    {
        app.UseForwardedFrom();
        app.UseMiddleware<SecurityHeaders>();
        app.UseAuthentication();
        app.UseMiddleware<CrossSiteGuard>();
        app.UseAuthorization();
        app.UseMiddleware<ProjectGuard>();
        app.UseMiddleware<ChangeGuard>();
        return app;
    }

    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder app)
    {
        var auth = app.MapGroup("/api/auth").WithTags("Access").WithMetadata(new BodyLimit());
        SessionEndpoints.Map(auth);
        OpenIdEndpoints.Map(auth);
        UserSessionEndpoints.MapOwn(auth);
        SecondFactorEndpoints.Map(auth);
        TokenEndpoints.Map(auth);
        UserEndpoints.Map(app);
        InvitationEndpoints.Map(app);
        AuditEndpoints.Map(app);
        SetupEndpoints.Map(app);
        return app;
    }

    /// <summary>Runs once the store is migrated and before anything listens.</summary>
    /// <exception cref="SettingsException">The password of the environment cannot be used.</exception>
    public static async Task PrepareAccessAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        services.GetRequiredService<Store>().Recorder = services.GetRequiredService<AuditLog>();
        var options = services.GetRequiredService<ServeOptions>();
        var code = await services.GetRequiredService<FirstAdmin>().PrepareAsync(options.AdminPassword, cancellationToken);
        await services.GetRequiredService<CommandLineToken>().PrepareAsync(cancellationToken);
        if (code is not null)
        {
            AccessLog.SetupLink(services.GetRequiredService<ILogger<Setup>>(), SetupLink.For(options.Listen, code));
        }
    }

    /// <summary>The core alone: the usual AddAuthentication also makes data protection keys in the home folder, which nothing here uses.</summary>
    private static void AddScheme(this IServiceCollection services)
    {
        services.AddAuthenticationCore(options =>
        {
            options.DefaultScheme = AuthenticationHandler.SchemeName;
            options.AddScheme<AuthenticationHandler>(AuthenticationHandler.SchemeName, displayName: null);
        });
        services.AddOptions<AuthenticationSchemeOptions>();
        services.TryAddSingleton(UrlEncoder.Default);
        services.AddTransient<AuthenticationHandler>();
    }
}
