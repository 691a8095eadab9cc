using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access.Api;

/// <summary>/setup and /api/setup: the first password, chosen by whoever can read the log.</summary>
internal static class SetupEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/setup", Page).WithName("Setup_Page").AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/api/setup", (SetupCode code) => Answers.Ok(new SetupResponse(code.IsOpen))).WithName("Setup_Get").AllowAnonymous();
        app.MapPost("/api/setup", Complete).WithName("Setup_Complete").AllowAnonymous().WithMetadata(new BodyLimit());
    }

    private static IResult Page(HttpContext context, SetupCode code)
    {
        context.Response.Headers.ContentSecurityPolicy = SetupPage.ContentSecurityPolicy;
        context.Response.Headers.CacheControl = "no-store";
        return Results.Content(code.IsOpen ? SetupPage.Form : SetupPage.Done, "text/html; charset=utf-8");
    }

    private static async Task<IResult> Complete(
        SetupRequest request, HttpContext context, Setup setup, SignIns signIns, CancellationToken cancellationToken)
    {
        var answer = await setup.CompleteAsync(request.Code ?? "", request.Password ?? "", context.Connection.RemoteIpAddress, cancellationToken);
        return await SessionEndpoints.SignInAsync(context, signIns, answer, cancellationToken);
    }
}
