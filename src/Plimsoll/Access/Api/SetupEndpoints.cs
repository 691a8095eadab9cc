using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access.Api;

/// <summary>/setup and /api/setup: the first password, chosen by whoever can read the log.</summary>
internal static class SetupEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/setup", (HttpContext context, SetupCode code) => SetupPage.Page.Answer(context, code.IsOpen ? null : SetupPage.Done)).AllowAnonymous().ExcludeFromDescription();
        var setup = app.MapGroup("/api/setup").AllowAnonymous().WithTags("Access").WithMetadata(new BodyLimit());
        setup.MapGet("", (SetupCode code) => Answers.Ok(new SetupResponse(code.IsOpen)))
            .WithName("Setup_Get").WithSummary("Whether the set-up link of the log still waits")
            .Produces<Answer<SetupResponse>>();
        setup.MapPost("", Complete)
            .WithName("Setup_Complete").WithSummary("Makes the user admin with the code of the set-up link and signs in")
            .Produces<Answer<CallerResponse>>()
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status400BadRequest)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status403Forbidden)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status409Conflict)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status429TooManyRequests);
    }

    private static async Task<IResult> Complete(
        SetupRequest request, HttpContext context, Setup setup, SignIns signIns, CancellationToken cancellationToken)
    {
        var answer = await setup.CompleteAsync(request.Code ?? "", request.Password ?? "", context.Connection.RemoteIpAddress, cancellationToken);
        return await SessionEndpoints.SignInAsync(context, signIns, answer, cancellationToken);
    }
}
