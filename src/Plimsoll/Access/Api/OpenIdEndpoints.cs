using Microsoft.AspNetCore.Authentication;
using Plimsoll.Access.OpenId;
using Plimsoll.Plumbing.Config;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access.Api;

/// <summary>/api/auth/openid: the way to the provider. The way back is taken by <see cref="OpenIdHandler"/> itself.</summary>
internal static class OpenIdEndpoints
{
    private const string Address = "/openid";

    public static void Map(IEndpointRouteBuilder auth)
    {
        auth.MapGet("/ways", (ServeOptions options) => Answers.Ok(new SignInWaysResponse(options.OpenId?.Name, options.OpenId is null ? null : "/api/auth" + Address))).AllowAnonymous()
            .WithName("Auth_Ways").WithSummary("How one can sign in here")
            .Produces<Answer<SignInWaysResponse>>();
        auth.MapGet(Address, StartAsync).AllowAnonymous()
            // A page for browsers, not an answer for programs.
            .ExcludeFromDescription();
    }

    private static async Task StartAsync(string? returnTo, HttpContext context, ServeOptions options, OpenIdArrival arrival)
    {
        if (options.OpenId is null)
        {
            await Answers.Refused(Refusal.NotFound($"No OpenID Connect provider is set up. See {OpenIdEnvironment.Issuer}.")).ExecuteAsync(context);
            return;
        }

        try
        {
            await context.ChallengeAsync(OpenIdHandler.SchemeName, new AuthenticationProperties { RedirectUri = LocalTarget.Of(returnTo) });
        }
        catch (OpenIdException problem)
        {
            await arrival.FailAsync(context, problem);
        }
    }
}
