using Plimsoll.Access.Projects;
using Plimsoll.Access.SecondFactor;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access.Api;

/// <summary>/api/auth: signing in and out, who I am, my password.</summary>
internal static class SessionEndpoints
{
    public static void Map(IEndpointRouteBuilder auth)
    {
        auth.MapPost("/login", Login).AllowAnonymous()
            .WithName("Auth_Login").WithSummary("Signs in with name and password, and a code where there is a second factor; answers with a session cookie")
            .Produces<Answer<CallerResponse>>()
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status400BadRequest)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status401Unauthorized)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status429TooManyRequests);
        auth.MapPost("/logout", Logout).AllowAnonymous()
            .WithName("Auth_Logout").WithSummary("Ends the session of the cookie")
            .Produces<Answer<Nothing>>();
        auth.MapGet("/me", (HttpContext context) => Answers.Ok(CallerResponse.From(context.User.Caller()))).RequireRole(Role.Viewer).ConcernsNoProject()
            .WithName("Auth_Me").WithSummary("Who is signed in")
            .Produces<Answer<CallerResponse>>();
        auth.MapPost("/password", ChangePassword).RequireRole(Role.Viewer).ConcernsNoProject()
            .WithName("Auth_ChangePassword").WithSummary("Changes the password of the signed-in user and ends their other sessions")
            .Produces<Answer<Nothing>>()
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status400BadRequest)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status429TooManyRequests);
    }

    /// <summary>Gives a browser its session. Also how set-up ends.</summary>
    public static async Task<IResult> SignInAsync(HttpContext context, SignIns signIns, SignInAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.User is not { } user)
        {
            return new RefusedSignIn(answer);
        }

        var replaced = context.User.FindCaller()?.SessionHash;
        var secret = await signIns.BeginAsync(user, SessionOrigin.Of(context), replaced, cancellationToken);
        SessionCookie.Write(context, secret.Text);
        return Answers.Ok(CallerResponse.From(user));
    }

    private static async Task<IResult> Login(
        LoginRequest request, HttpContext context, PasswordCheck passwords, SecondFactorCheck factor, SignIns signIns, CancellationToken cancellationToken)
    {
        if (Missing(("username", request.Username), ("password", request.Password)) is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var answer = await passwords.CheckAsync(request.Username!, request.Password!, context.Connection.RemoteIpAddress, cancellationToken);
        if (answer.User is { } user)
        {
            answer = await factor.CheckAsync(user, request.Code, context.Connection.RemoteIpAddress, cancellationToken);
        }

        return await SignInAsync(context, signIns, answer, cancellationToken);
    }

    // Open to all: whoever is signed out already gets what they came for.
    private static async Task<IResult> Logout(HttpContext context, SignIns signIns, CancellationToken cancellationToken)
    {
        if (context.User.FindCaller()?.SessionHash is { } session)
        {
            await signIns.EndAsync(session, cancellationToken);
        }

        SessionCookie.Remove(context);
        return Answers.Ok(new Nothing());
    }

    private static async Task<IResult> ChangePassword(
        PasswordRequest request, HttpContext context, PasswordChange change, CancellationToken cancellationToken)
    {
        if (!context.User.Caller().IsUser)
        {
            return Answers.Refused(Refusal.NotAllowed("A token has no password. Sign in as a user to change one."));
        }

        if (Missing(("current", request.Current), ("next", request.Next)) is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var answer = await change.ChangeAsync(
            context.User.Caller(), request.Current!, request.Next!, context.Connection.RemoteIpAddress, cancellationToken);
        return answer.User is null ? new RefusedSignIn(answer) : Answers.Ok(new Nothing());
    }

    private static Refusal? Missing(params ReadOnlySpan<(string Field, string? Value)> fields)
    {
        var errors = new Dictionary<string, string>();
        foreach (var (field, value) in fields)
        {
            if (string.IsNullOrEmpty(value))
            {
                errors[field] = $"'{field}' is needed.";
            }
        }

        return errors.Count == 0 ? null : Refusal.Invalid(errors);
    }
}
