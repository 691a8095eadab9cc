using Plimsoll.Access.Projects;
using Plimsoll.Access.Users;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access.Api;

/// <summary>Signed-in browsers: each user's own, and for admins everybody's.</summary>
internal static class UserSessionEndpoints
{
    /// <param name="users">The group of /api/users, for admins.</param>
    public static void Map(IEndpointRouteBuilder users)
    {
        users.MapGet("/{id:long}/sessions", ListOf)
            .WithName("Users_ListSessions").WithSummary("A user's signed-in browsers")
            .Produces<Answer<IReadOnlyList<SessionResponse>>>().Produces<Answer<AnswerErrors>>(StatusCodes.Status404NotFound);
        users.MapDelete("/{id:long}/sessions", EndAllOfAsync)
            .WithName("Users_EndSessions").WithSummary("Signs a user out everywhere")
            .Produces<Answer<SessionsEndedResponse>>().Produces<Answer<AnswerErrors>>(StatusCodes.Status404NotFound);
        users.MapDelete("/{id:long}/sessions/{session}", EndOfAsync)
            .WithName("Users_EndSession").WithSummary("Signs a user out of one browser")
            .Produces<Answer<Nothing>>().Produces<Answer<AnswerErrors>>(StatusCodes.Status404NotFound);
    }

    /// <param name="auth">The group of /api/auth.</param>
    public static void MapOwn(IEndpointRouteBuilder auth)
    {
        var own = auth.MapGroup("/sessions").RequireRole(Role.Viewer).ConcernsNoProject();
        own.MapGet("", (HttpContext context, SessionStore sessions) => Answers.Ok(List(context, context.User.Caller().UserId ?? 0, sessions)))
            .WithName("Sessions_List").WithSummary("The browsers in which the signed-in user is signed in")
            .Produces<Answer<IReadOnlyList<SessionResponse>>>();
        own.MapDelete("", EndOthersAsync)
            .WithName("Sessions_EndOthers").WithSummary("Signs the user out of every other browser")
            .Produces<Answer<SessionsEndedResponse>>();
        own.MapDelete("/{session}", EndOwnAsync)
            .WithName("Sessions_End").WithSummary("Signs the user out of one browser")
            .Produces<Answer<Nothing>>().Produces<Answer<AnswerErrors>>(StatusCodes.Status404NotFound);
    }

    private static IReadOnlyList<SessionResponse> List(HttpContext context, long userId, SessionStore sessions) =>
        [.. sessions.OfUser(userId).Select(session => SessionResponse.From(session, context.User.Caller()))];

    private static IResult ListOf(long id, HttpContext context, UserStore users, SessionStore sessions) =>
        users.Find(id) is null ? Answers.Refused(UserChanges.NoUser(id)) : Answers.Ok(List(context, id, sessions));

    private static async Task<IResult> EndAllOfAsync(long id, HttpContext context, SessionChanges changes, CancellationToken cancellationToken) =>
        (await changes.EndAllAsync(id, context.User.Caller(), kept: null, cancellationToken)).ToAnswer(ended => new SessionsEndedResponse(ended));

    private static async Task<IResult> EndOfAsync(long id, string session, HttpContext context, SessionChanges changes, CancellationToken cancellationToken) =>
        (await changes.EndAsync(id, session, context.User.Caller(), cancellationToken)).ToAnswer();

    private static async Task<IResult> EndOthersAsync(HttpContext context, SessionChanges changes, CancellationToken cancellationToken)
    {
        var caller = context.User.Caller();
        return caller.UserId is { } id
            ? (await changes.EndAllAsync(id, caller, caller.SessionHash, cancellationToken)).ToAnswer(ended => new SessionsEndedResponse(ended))
            : Answers.Ok(new SessionsEndedResponse(0));
    }

    private static async Task<IResult> EndOwnAsync(string session, HttpContext context, SessionChanges changes, CancellationToken cancellationToken) =>
        (await changes.EndAsync(context.User.Caller().UserId ?? 0, session, context.User.Caller(), cancellationToken)).ToAnswer();
}
