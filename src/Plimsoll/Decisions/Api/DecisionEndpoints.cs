using Plimsoll.Access;
using Plimsoll.Access.Projects;
using Plimsoll.Plumbing.Http;
using Plimsoll.Registry;

namespace Plimsoll.Decisions.Api;

internal static class DecisionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/decisions", List)
            .RequireRole(Role.Viewer).FiltersByProject()
            .WithName("Decisions_List")
            .WithSummary("What was decided about which image, and why; newest first; before=<id> for the next page.")
            .Produces<Answer<IReadOnlyList<DecisionResponse>>>();

    private static IResult List(HttpContext context, DecisionStore decisions, string? image, long? stage, long? before, int? limit)
    {
        string? repository = null;
        if (image is not null)
        {
            if (!ImageReference.TryParse(image, out var reference, out var problem))
            {
                return Answers.Refused(Refusal.Invalid("image", problem!));
            }

            repository = reference!.Name;
        }

        IReadOnlyList<DecisionResponse> found = [.. decisions.List(repository, stage, limit ?? 50, before, context.User.Caller().Projects?.Ids).Select(DecisionResponse.From)];
        return Answers.Ok(found);
    }
}
