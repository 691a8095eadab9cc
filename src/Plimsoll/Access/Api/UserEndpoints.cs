using Plimsoll.Access.SecondFactor;
using Plimsoll.Access.Users;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access.Api;

/// <summary>/api/users: who may, in the hands of admins.</summary>
internal static class UserEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var users = app.MapGroup("/api/users").RequireRole(Role.Admin).WithTags("Access").WithMetadata(new BodyLimit());
        users.MapGet("", List)
            .WithName("Users_List").WithSummary("All users")
            .Produces<Answer<IReadOnlyList<UserResponse>>>();
        users.MapPost("", AddAsync)
            .WithName("Users_Add").WithSummary("Makes a user, with a password or with a link to choose one")
            .Produces<Answer<UserInvitedResponse>>(StatusCodes.Status201Created)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status400BadRequest)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status409Conflict);
        users.MapGet("/{id:long}", Get)
            .WithName("Users_Get").WithSummary("One user")
            .Produces<Answer<UserResponse>>().Produces<Answer<AnswerErrors>>(StatusCodes.Status404NotFound);
        users.MapPut("/{id:long}", UpdateAsync)
            .WithName("Users_Update").WithSummary("Changes the fields that are sent and ends the user's sessions")
            .Produces<Answer<UserResponse>>()
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status400BadRequest)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status404NotFound)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status409Conflict)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status412PreconditionFailed);
        users.MapDelete("/{id:long}", RemoveAsync)
            .WithName("Users_Remove").WithSummary("Removes a user; not the last admin")
            .Produces<Answer<Nothing>>()
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status404NotFound)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status409Conflict)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status412PreconditionFailed);
        users.MapPost("/{id:long}/invite", InviteAsync)
            .WithName("Users_Invite").WithSummary("Makes a link with which the user chooses a password; it replaces an older one")
            .Produces<Answer<UserInvitedResponse>>().Produces<Answer<AnswerErrors>>(StatusCodes.Status404NotFound);
        users.MapDelete("/{id:long}/second-factor", RemoveSecondFactorAsync)
            .WithName("Users_RemoveSecondFactor").WithSummary("Switches the second factor off for somebody who lost it, and ends their sessions")
            .Produces<Answer<Nothing>>().Produces<Answer<AnswerErrors>>(StatusCodes.Status404NotFound);
        UserSessionEndpoints.Map(users);
    }

    private static IResult List(UserStore users, Invitations invitations)
    {
        var waiting = invitations.Waiting();
        return Answers.Ok<IReadOnlyList<UserResponse>>([.. users.List().Select(user => UserResponse.From(user, Until(waiting, user)))]);
    }

    private static IResult Get(long id, HttpContext context, UserStore users, Invitations invitations, Store store)
    {
        // The revision before the rest: what is read later may only be newer.
        EditCheck.Show(context, Revisions.OfUser(store, id));
        return users.Find(id) is { } user ? Answers.Ok(UserResponse.From(user, Until(invitations.Waiting(), user))) : Answers.Refused(UserChanges.NoUser(id));
    }

    private static async Task<IResult> AddAsync(UserRequest request, HttpContext context, UserChanges changes, TimeProvider time, CancellationToken cancellationToken)
    {
        var outcome = await changes.AddAsync(request, context.User.Caller(), cancellationToken);
        return outcome.ToAnswer(made => Invited(context, made, time), StatusCodes.Status201Created);
    }

    private static async Task<IResult> UpdateAsync(long id, UserRequest request, HttpContext context, UserChanges changes, CancellationToken cancellationToken) =>
        (await changes.UpdateAsync(id, request, context.User.Caller(), cancellationToken, Check(context, id))).ToAnswer(UserResponse.From);

    private static async Task<IResult> RemoveAsync(long id, HttpContext context, UserChanges changes, CancellationToken cancellationToken) =>
        (await changes.RemoveAsync(id, context.User.Caller(), cancellationToken, Check(context, id))).ToAnswer();

    private static EditCheck Check(HttpContext context, long id) => new(context, scope => Revisions.OfUser(scope, id));

    private static async Task<IResult> InviteAsync(long id, HttpContext context, UserChanges changes, TimeProvider time, CancellationToken cancellationToken) =>
        (await changes.InviteAsync(id, context.User.Caller(), cancellationToken)).ToAnswer(made => Invited(context, made, time));

    private static async Task<IResult> RemoveSecondFactorAsync(long id, HttpContext context, SecondFactorChanges changes, CancellationToken cancellationToken) =>
        (await changes.RemoveAsync(id, context.User.Caller(), cancellationToken)).ToAnswer();

    private static DateTimeOffset? Until(IReadOnlyDictionary<long, DateTimeOffset> waiting, User user) =>
        waiting.TryGetValue(user.Id, out var until) ? until : null;

    private static UserInvitedResponse Invited(HttpContext context, (User User, Secret? Invitation) made, TimeProvider time)
    {
        var path = made.Invitation is { } code ? $"{context.Request.PathBase}/invite?code={code.Text}" : null;
        return new UserInvitedResponse(
            UserResponse.From(made.User, path is null ? null : time.GetUtcNow() + Invitations.Lifetime),
            path is null ? null : $"{context.Request.Scheme}://{context.Request.Host}{path}",
            path);
    }
}
