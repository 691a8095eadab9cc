using Plimsoll.Access.Users;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access.Api;

/// <summary>/invite and /api/invite: a password, chosen by whoever got the link.</summary>
internal static class InvitationEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/invite", (HttpContext context) => InvitationPage.Page.Answer(context)).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/api/invite", AcceptAsync).AllowAnonymous().WithTags("Access").WithMetadata(new BodyLimit())
            .WithName("Invitation_Accept").WithSummary("Sets the password of an invited user with the code of their link and signs them in")
            .Produces<Answer<CallerResponse>>()
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status400BadRequest)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status401Unauthorized)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status403Forbidden)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status429TooManyRequests);
    }

    private static async Task<IResult> AcceptAsync(
        SetupRequest request, HttpContext context, InvitationAnswer invitation, SignIns signIns, CancellationToken cancellationToken)
    {
        var answer = await invitation.AcceptAsync(request.Code ?? "", request.Password ?? "", context.Connection.RemoteIpAddress, cancellationToken);
        return await SessionEndpoints.SignInAsync(context, signIns, answer, cancellationToken);
    }
}
