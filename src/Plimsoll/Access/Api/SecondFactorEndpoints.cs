using Plimsoll.Access.Projects;
using Plimsoll.Access.SecondFactor;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access.Api;

/// <summary>/api/auth/second-factor: a code of an app beside the password.</summary>
internal static class SecondFactorEndpoints
{
    public static void Map(IEndpointRouteBuilder auth)
    {
        var factor = auth.MapGroup("/second-factor").RequireRole(Role.Viewer).ConcernsNoProject();
        factor.MapGet("", Get)
            .WithName("SecondFactor_Get").WithSummary("Whether the signed-in user has a second factor")
            .Produces<Answer<SecondFactorResponse>>();
        factor.MapPost("", BeginAsync)
            .WithName("SecondFactor_Begin").WithSummary("Makes a key for an authenticator app; it counts once a code of it is confirmed")
            .Produces<Answer<SecondFactorKeyResponse>>()
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status400BadRequest)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status409Conflict)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status429TooManyRequests);
        factor.MapPost("/confirm", ConfirmAsync)
            .WithName("SecondFactor_Confirm").WithSummary("Switches the second factor on with a code of the app; answers with the recovery codes")
            .Produces<Answer<RecoveryCodesResponse>>()
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status400BadRequest)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status409Conflict);
        factor.MapPost("/recovery-codes", RenewAsync)
            .WithName("SecondFactor_RenewRecoveryCodes").WithSummary("Makes ten new recovery codes; the old ones stop working")
            .Produces<Answer<RecoveryCodesResponse>>()
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status400BadRequest)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status409Conflict)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status429TooManyRequests);
        factor.MapPost("/disable", SwitchOffAsync)
            .WithName("SecondFactor_Disable").WithSummary("Switches the second factor off, with the password")
            .Produces<Answer<Nothing>>()
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status400BadRequest)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status409Conflict)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status429TooManyRequests);
    }

    private static IResult Get(HttpContext context, UserStore users, SecondFactorStore factors) =>
        context.User.Caller().UserId is { } id && users.Find(id) is { } user
            ? Answers.Ok(new SecondFactorResponse(user.HasSecondFactor, user.HasSecondFactor ? factors.RecoveryCodesLeft(id) : 0))
            : Answers.Ok(new SecondFactorResponse(false, 0));

    private static async Task<IResult> BeginAsync(SecondFactorRequest request, HttpContext context, SecondFactorChanges changes, CancellationToken cancellationToken)
    {
        if (Problem(context, request) is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var caller = context.User.Caller();
        var (answer, key) = await changes.BeginAsync(caller, request.Password!, context.Connection.RemoteIpAddress, cancellationToken);
        return key is null ? new RefusedSignIn(answer) : Answers.Ok(SecondFactorKeyResponse.From(caller.Name, key));
    }

    private static async Task<IResult> ConfirmAsync(SecondFactorCodeRequest request, HttpContext context, SecondFactorChanges changes, CancellationToken cancellationToken) =>
        context.User.Caller().IsUser
            ? (await changes.ConfirmAsync(context.User.Caller(), request.Code ?? "", cancellationToken)).ToAnswer(made => new RecoveryCodesResponse(made.Codes))
            : Answers.Refused(NoUser);

    private static async Task<IResult> RenewAsync(SecondFactorRequest request, HttpContext context, SecondFactorChanges changes, CancellationToken cancellationToken)
    {
        if (Problem(context, request) is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var (answer, codes) = await changes.RenewRecoveryCodesAsync(context.User.Caller(), request.Password!, context.Connection.RemoteIpAddress, cancellationToken);
        return codes is null ? new RefusedSignIn(answer) : Answers.Ok(new RecoveryCodesResponse(codes));
    }

    private static async Task<IResult> SwitchOffAsync(SecondFactorRequest request, HttpContext context, SecondFactorChanges changes, CancellationToken cancellationToken)
    {
        if (Problem(context, request) is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var answer = await changes.SwitchOffAsync(context.User.Caller(), request.Password!, context.Connection.RemoteIpAddress, cancellationToken);
        return answer.User is null ? new RefusedSignIn(answer) : Answers.Ok(new Nothing());
    }

    private static Refusal NoUser => Refusal.NotAllowed("A token has no second factor. Sign in as a user.");

    private static Refusal? Problem(HttpContext context, SecondFactorRequest request) =>
        !context.User.Caller().IsUser ? NoUser
        : string.IsNullOrEmpty(request.Password) ? Refusal.Invalid("password", "'password' is needed.")
        : null;
}
