using Plimsoll.Access;
using Plimsoll.Access.Audit;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Deployments.Api;

/// <summary>From the name of an image to a running application, without a project before it.</summary>
internal static class QuickDeployEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/deploy").RequireRole(Role.Operator).WithTags("Quick deploy");
        group.MapPost("/inspect", Inspect).ChangesNothing().WithName("QuickDeploy_Inspect").WithSummary("Reads what an image says of itself and proposes a project for it. Nothing is pulled or changed.")
            .Produces<Answer<InspectionResponse>>().Produces<Answer<AnswerErrors>>(StatusCodes.Status400BadRequest);
        group.MapPost("/quick", Deploy).RefuseWhileStopping().WithName("QuickDeploy_Deploy").WithSummary("Makes a project with one stage for an image and deploys it.")
            .Produces<Answer<QuickDeployResponse>>(StatusCodes.Status202Accepted)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status400BadRequest)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> Inspect(InspectionRequest body, QuickDeployment deployment, CancellationToken cancellationToken) =>
        (await deployment.InspectAsync(body.Image, cancellationToken)).ToAnswer();

    private static async Task<IResult> Deploy(QuickDeployRequest body, HttpContext context, QuickDeployment deployment, CancellationToken cancellationToken) =>
        (await deployment.DeployAsync(body, context.User.Caller().ToString(), cancellationToken)).ToAnswer(StatusCodes.Status202Accepted);
}
