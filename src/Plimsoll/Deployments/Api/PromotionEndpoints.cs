using Plimsoll.Access;
using Plimsoll.Apps.Api;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Deployments.Api;

/// <summary>From one stage to the next.</summary>
internal static class PromotionEndpoints
{
    private const string Stage = "/api/projects/{id}/stages/{stage}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Stage + "/promotion", Look).RequireRole(Role.Viewer).WithTags("Deployments")
            .WithName("Stages_Promotion").WithSummary("What a promotion to this stage would move, and what it would change.")
            .Returns<PromotionResponse>().RefusesWith(StatusCodes.Status404NotFound);
        routes.MapPost(Stage + "/promote", Promote).RequireRole(Role.Operator).RefuseWhileStopping().WithTags("Deployments")
            .WithName("Stages_Promote").WithSummary("Moves what is live and well in the stage named by promoteFrom here: the very same digest.")
            .Returns<DeployResponse>(StatusCodes.Status202Accepted).Returns<DeployResponse>()
            .RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> Look(string id, string stage, ManualPromotion promotion, CancellationToken cancellationToken) =>
        (await promotion.LookAsync(id, stage, cancellationToken)).ToAnswer();

    private static async Task<IResult> Promote(string id, string stage, PromoteRequest? body, HttpContext context, ManualPromotion promotion, CancellationToken cancellationToken)
    {
        var outcome = await promotion.PromoteAsync(id, stage, body ?? new PromoteRequest(), context.User.Caller().ToString(), cancellationToken);
        return outcome.IsRefused(out var refusal) ? Answers.Refused(refusal) : ManualDeployment.Answer(outcome.Value!);
    }
}
